import { callSending } from './callList.ts';
import { relativePath } from './paths.ts';
import { currentScope, keepCalls } from './scope.ts';
import { type ProbeOptions, probeSettings } from './settings.ts';
import type { CallSite } from './sourceMaps.ts';

/** The shape of a plugin for the `comments` option of Prisma 7's client. */
export type SqlComments = (context: unknown) => Record<string, string | undefined>;

/** Writes the place of the call into the SQL, `querylens='src/orders.ts:12:20'`, so that the database's own logs tell whose statement it is. */
export function querylensComments(options: Pick<ProbeOptions, 'enabled' | 'root'> = {}): SqlComments {
  const { enabled, root } = probeSettings(options);
  if (!enabled) return () => ({});
  keepCalls();
  return (context) => {
    const { call: started } = currentScope();
    const call = started && callSending(started, context);
    if (!call) return {};
    call.statements += 1;
    call.method.client.active = true;
    const { site } = call.place;
    return site ? { querylens: siteText(site, root) } : {};
  };
}

/** Texts are kept, because the same places come again and again. */
const texts = new WeakMap<CallSite, string>();

function siteText(site: CallSite, root: string): string {
  const known = texts.get(site) ?? `${relativePath(site.file, root)}:${site.line}:${site.column}`;
  texts.set(site, known);
  return known;
}

import { describeCallee } from '#graph/describe.ts';
import { carried, type DraftFix, type Piece } from '#graph/edits/draft.ts';
import { endOf } from '#graph/edits/source.ts';
import type { EntryPoint, ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { valuesIn } from '#graph/queryArgs.ts';
import { cacheUse, type HelperUse } from './helperUse.ts';
import { settingsOf } from './layouts.ts';
import type { ReachedQuery } from './reads.ts';

/** Keeps the answer in the way the project does it elsewhere, else as the framework does where that is certain to work. */
export function cacheFix(
  graph: ProjectGraph,
  entry: EntryPoint,
  queries: readonly ReachedQuery[],
  helpers: ReadonlySet<string>,
): DraftFix | null {
  const [only, ...others] = queries;
  const use = only && others.length === 0 && only.steps.length === 0 ? cacheUse(graph, entry.file, helpers) : null;
  return (use && only ? wrapFix(graph, entry, only.site, use) : null) ?? revalidateFix(graph, entry);
}

/** `await prisma.x.findMany({ … })` becomes `await cached('x', 60, () => prisma.x.findMany({ … }))`; its arguments must be the same each time. */
function wrapFix(
  graph: ProjectGraph,
  { file, fact, handler }: EntryPoint,
  site: QuerySite,
  use: HelperUse,
): DraftFix | null {
  const { call, args } = site;
  if (!call.awaited || site.file !== file || handler.id !== site.function.id || fact.route === null) return null;
  if (args && ![...valuesIn(graph, { file, value: args })].every(({ value }) => FIXED.has(value.kind))) return null;
  const key = `'${fact.route.replace(/^\/(api\/)?/, '').replaceAll("'", '')}'`;
  const query: Piece = carried(file, call.span);
  const written: Readonly<Record<HelperUse['order'][number], Piece[]>> = {
    key: [key],
    seconds: [use.seconds ?? ''],
    load: ['() => ', query],
  };
  const list = use.order.flatMap((part, index) => [index > 0 ? ', ' : '', ...written[part]]);
  const wrap = { file, span: call.span, newText: [`${use.name}(`, ...list, ')'] };
  return {
    title: `Keep the rows with \`${use.name}\``,
    safety: 'review',
    edits: use.importLine === null ? [wrap] : [use.importLine, wrap],
    confirm:
      'Everybody gets the kept rows until they expire: choose the key and for how long, and clear it where rows change.',
  };
}

const FIXED: ReadonlySet<string> = new Set(['object', 'array', 'literal']);

/** `export const revalidate` in a route file whose handler looks at nothing of the request. */
function revalidateFix(graph: ProjectGraph, entry: EntryPoint): DraftFix | null {
  const { file, fact, handler } = entry;
  const facts = graph.files.get(file);
  if (!facts || facts.importsEnd === null || handler.file !== file) return null;
  if (fact.framework !== 'next-app' || fact.kind !== 'route' || fact.method !== 'GET') return null;
  if (handler.fact.parameters.length > 0 || fact.wrappers.length > 0 || settingsOf(graph, entry).dynamic !== undefined)
    return null;
  if (facts.calls.some((call) => REQUEST.test(describeCallee(facts, call)))) return null;
  const span = { start: facts.importsEnd, end: facts.importsEnd };
  const { lineBreak } = facts.layout;
  return {
    title: 'Answer anew at most once a minute with `revalidate`',
    safety: 'review',
    edits: [{ file, span, newText: `${lineBreak}${lineBreak}export const revalidate = 60${endOf(facts)}` }],
    confirm: 'Everybody gets the same answer for up to a minute.',
  };
}

/** What ties an answer to its request or to its moment. */
const REQUEST =
  /^(cookies|headers|draftMode|connection|noStore|unstable_noStore|Date|Date\.now|Math\.random|redirect)\b/;

import type { CodeAction, CodeActionParams, Diagnostic } from 'vscode-languageserver/node';
import type { Finding } from '#shared/finding.ts';
import type { Asked } from '../asked.ts';
import type { ClientAbilities } from '../clientAbilities.ts';
import { touches } from '../ranges.ts';
import type { ServerContext } from '../serverContext.ts';
import { checkedAction, fixActions } from './fixActions.ts';
import type { FixTrials } from './fixTrials.ts';
import { commandActions, ignoreActions } from './otherActions.ts';

/** What can be done about the findings at a range: their fixes first. */
export async function quickFixes(
  server: ServerContext,
  trials: FixTrials,
  asked: Asked,
  params: CodeActionParams,
  signal: AbortSignal,
): Promise<CodeAction[]> {
  const { here, related } = findingsAt(asked, params);
  const marked = (finding: Finding) => diagnosticsOf(asked, finding, params.context.diagnostics);
  const fixes = [...here, ...related].flatMap((finding) =>
    fixActions(server, trials, asked, params.textDocument.uri, finding, marked(finding)),
  );
  const offered = resolvesEdits(server.client) ? fixes : await allChecked(server, trials, asked, fixes, signal);
  const others = here.flatMap((finding) => [
    ...ignoreActions(server, asked, finding, marked(finding)),
    ...commandActions(server, asked, finding, marked(finding)),
  ]);
  return [...offered, ...others];
}

/** Whether the client fetches an action's edit when it is chosen, so that the check can wait until then. */
export function resolvesEdits({ capabilities }: ClientAbilities): boolean {
  const { resolveSupport, dataSupport } = capabilities.textDocument?.codeAction ?? {};
  return dataSupport === true && resolveSupport?.properties.includes('edit') === true;
}

/** For clients that take an action as it comes: one that fails its check is not offered. All checks together take the time of one. */
async function allChecked(
  server: ServerContext,
  trials: FixTrials,
  asked: Asked,
  actions: readonly CodeAction[],
  signal: AbortSignal,
): Promise<readonly CodeAction[]> {
  const checked: CodeAction[] = [];
  const deadline = performance.now() + server.client.fixCheckMs;
  for (const action of actions) {
    const budgetMs = Math.round(deadline - performance.now());
    checked.push(await checkedAction(server, trials, asked, action, { signal, budgetMs }));
  }
  return checked.filter(({ disabled }) => disabled === undefined).map(({ data: _, ...action }) => action);
}

/** Findings that stand at the range or whose diagnostics were sent along, then those that point to it from elsewhere. */
function findingsAt({ folder, file, answer }: Asked, { range, context }: CodeActionParams) {
  const places = folder.places(file);
  const at = (place: Parameters<typeof places.range>[0] & { file: string }) =>
    place.file === file && touches(places.range(place), range);
  const sent = new Set(context.diagnostics.map(findingIdOf));
  const here = answer.findings.filter((finding) => at(finding) || (finding.file === file && sent.has(finding.id)));
  const related = answer.findings.filter(
    (finding) => !here.includes(finding) && finding.file !== file && finding.related.some(at),
  );
  return { here, related };
}

function findingIdOf({ data }: Diagnostic): string | null {
  return typeof data === 'object' && data !== null && 'finding' in data ? String(data.finding) : null;
}

/** By the id they carry; clients that send none back are matched by rule and place. */
function diagnosticsOf({ folder }: Asked, finding: Finding, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const range = folder.places(finding.file).range(finding);
  return diagnostics.filter((diagnostic) => {
    const id = findingIdOf(diagnostic);
    return id === null ? diagnostic.code === finding.rule && touches(diagnostic.range, range) : id === finding.id;
  });
}

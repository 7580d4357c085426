import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import { queryFingerprint } from '#graph/queryFingerprint.ts';
import { RULES } from '#rules/index.ts';
import { type EditableWorkspace, editableWorkspace } from '#test/support/editableWorkspace.ts';
import { projectFiles } from '#test/support/exampleParts.ts';
import { randomEdits } from '#test/support/randomEdits.ts';
import { fixtureCases, pageCases, ruleFolders } from '#test/support/ruleCases.ts';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import type { Workspace } from '#workspace/workspace.ts';

const EDITS = 1000;
/** Edits between two comparisons with a fresh run: what went wrong shows later too, for nothing mends it. */
const BETWEEN = 6;

const shop = diskWorkspace(join(import.meta.dirname, '../../examples/shop'));

/** The example shop and, each a package beside it, the examples of a rule that are made of several files: what one file says of another is at stake. */
function projectOf(rule: string): Readonly<Record<string, string>> {
  const files = new Map(shop.files().map((path) => [`shop/${path}`, readFileSync(join(shop.root, path), 'utf8')]));
  for (const { name, parts } of [...pageCases(rule), ...fixtureCases(rule)]) {
    if (parts.filter(({ file }) => /\.[cm]?[jt]sx?$/.test(file)).length < 2) continue;
    const folder = name.replace(/\W+/g, '-');
    for (const [path, text] of Object.entries(projectFiles(parts))) files.set(`${folder}/${path}`, text);
  }
  return Object.fromEntries([...files].filter(([path]) => /\.(?:[cm]?[jt]sx?|prisma|json|sql)$/.test(path)));
}

function analyzerOf(workspace: Workspace) {
  return createAnalyzer({ workspace, settings: { ...defaultSettings(RULES), preset: 'all' }, rules: RULES });
}

/** What a snapshot says, without its times. */
function said({ findings, suppressed, coverage, problems, graph }: Snapshot) {
  const queries = graph.sites.map((site) => [site.id, queryFingerprint(graph, site)]);
  return { findings, suppressed, coverage, problems, queries, parsed: [...graph.files.keys()].sort() };
}

async function wander(rule: string, seed: number, edits: number): Promise<void> {
  const workspace: EditableWorkspace = editableWorkspace(projectOf(rule));
  const analyzer = analyzerOf(workspace);
  const edit = randomEdits(workspace, seed);
  await analyzer.snapshot();
  let since: string[] = [];
  for (let at = 0; at < edits; at++) {
    const { what, paths } = edit();
    since.push(what);
    analyzer.update(paths);
    const snapshot = await analyzer.snapshot();
    const broken = snapshot.problems.some(({ kind }) => kind === 'schema');
    if (broken || since.length < BETWEEN) continue;
    const fresh = await analyzerOf(workspace).snapshot();
    assert.deepEqual(
      said(snapshot),
      said(fresh),
      `${rule}, seed ${seed}, after ${at + 1} edits; the last were\n${since.join('\n')}`,
    );
    since = [];
  }
}

describe('after any edits the answer is that of a fresh run', () => {
  const rules = ruleFolders();
  for (const [index, rule] of rules.entries())
    it(`on the shop and the examples of ${rule}`, () => wander(rule, index + 1, Math.ceil(EDITS / rules.length)));
});

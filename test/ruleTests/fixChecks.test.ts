import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Analyzer, createAnalyzer } from '#analyzer/analyzer.ts';
import { checkFix, type FixTrial } from '#analyzer/checkFix.ts';
import { CONFIG_FILE, defaultSettings, parseSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import { projectFiles } from '#test/support/exampleParts.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { fixtureCases, pageCases, type RuleCase, ruleFolders } from '#test/support/ruleCases.ts';

describe('every fix of every example would be made by an editor', () => {
  for (const rule of ruleFolders()) {
    for (const ruleCase of [...pageCases(rule), ...fixtureCases(rule)])
      test(`${rule} ${ruleCase.name}`, async () => assert.deepEqual(await refusals(ruleCase), []));
  }
});

/** Why the check refuses fixes of an example; types have a test of their own. */
async function refusals({ parts }: RuleCase): Promise<readonly string[]> {
  const files = projectFiles(parts);
  const workspace = memoryWorkspace(files);
  const analyzer = createAnalyzer({ workspace, settings: settingsOf(files), rules: RULES });
  const { findings } = await analyzer.snapshot();
  const types = async () => ({ kind: 'same' }) as const;
  const trial: FixTrial = { analyzer, findings, read: workspace.read, types, budgetMs: 60_000 };
  const refused: string[] = [];
  for (const finding of findings) {
    for (const fix of finding.fixes.filter(({ edits, creates = [] }) => edits.length + creates.length > 0)) {
      const check = await checkFix(finding, fix, trial, new AbortController().signal);
      if (check.kind !== 'broken')
        assert.deepEqual(await idsAfter(analyzer, check.texts), await freshIds(files, check.texts));
      if (check.kind !== 'good')
        refused.push(`"${fix.title}" of ${finding.rule} at ${finding.file}:${finding.line}: ${check.reason}`);
    }
  }
  return refused;
}

async function idsAfter(analyzer: Analyzer, texts: ReadonlyMap<string, string>): Promise<readonly string[]> {
  return (await analyzer.trial(texts)).findings.map(({ id, message }) => `${id} ${message}`);
}

/** What a first run over the fixed files finds: trials that follow each other must not differ from it. */
async function freshIds(
  files: Readonly<Record<string, string>>,
  texts: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const workspace = memoryWorkspace({ ...files, ...Object.fromEntries(texts) });
  const { findings } = await createAnalyzer({ workspace, settings: settingsOf(files), rules: RULES }).snapshot();
  return findings.map(({ id, message }) => `${id} ${message}`);
}

function settingsOf(files: Readonly<Record<string, string>>) {
  const config = files[CONFIG_FILE];
  if (config === undefined) return { ...defaultSettings(RULES), preset: 'all' as const };
  return parseSettings({ file: CONFIG_FILE, text: config, within: [] }, RULES);
}

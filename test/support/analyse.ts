import { createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { CONFIG_FILE, defaultSettings, parseSettings } from '#analyzer/loadSettings.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { RULES } from '#rules/index.ts';
import type { Rule } from '#rules/rule.ts';
import { type MeasuredLine, measurementsOf } from './measuredLines.ts';
import { memoryWorkspace } from './memoryWorkspace.ts';

/** Runs the whole engine over files held in memory: with the configuration among them, else with every rule on; and with what was measured, if anything. */
export function analyse(
  files: Readonly<Record<string, string>>,
  rules: readonly Rule[] = RULES,
  measured: readonly MeasuredLine[] = [],
): Promise<Snapshot> {
  const config = files[CONFIG_FILE];
  const settings =
    config === undefined
      ? { ...defaultSettings(rules), preset: 'all' as const }
      : parseSettings({ file: CONFIG_FILE, text: config, within: [] }, rules);
  const measurements = (graph: ProjectGraph) => measurementsOf(graph, measured);
  return createAnalyzer({ workspace: memoryWorkspace(files), settings, rules, measurements }).snapshot();
}

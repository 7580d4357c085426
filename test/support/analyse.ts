import { createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { CONFIG_FILE, defaultSettings, parseSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import { memoryWorkspace } from './memoryWorkspace.ts';

/** Runs the whole engine over files held in memory: with the configuration among them, else with every rule on. */
export function analyse(files: Readonly<Record<string, string>>): Promise<Snapshot> {
  const config = files[CONFIG_FILE];
  const settings =
    config === undefined
      ? { ...defaultSettings(RULES), preset: 'all' as const }
      : parseSettings({ file: CONFIG_FILE, text: config, within: [] }, RULES);
  return createAnalyzer({ workspace: memoryWorkspace(files), settings, rules: RULES }).snapshot();
}

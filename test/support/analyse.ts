import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnalyzer, type Snapshot } from '#analyzer/analyzer.ts';
import { CONFIG_FILE, defaultSettings, loadSettings } from '#analyzer/loadSettings.ts';
import { RULES } from '#rules/index.ts';
import type { Settings } from '#shared/settings.ts';
import { memoryWorkspace } from './memoryWorkspace.ts';

/** Runs the whole engine over files held in memory: with their configuration if there is one, else with every rule on. */
export function analyse(files: Readonly<Record<string, string>>): Promise<Snapshot> {
  const config = files[CONFIG_FILE];
  const settings = config === undefined ? { ...defaultSettings(RULES), preset: 'all' as const } : settingsOf(config);
  return createAnalyzer({ workspace: memoryWorkspace(files), settings, rules: RULES }).snapshot();
}

function settingsOf(config: string): Settings {
  const folder = mkdtempSync(join(tmpdir(), 'querylens-config-'));
  try {
    writeFileSync(join(folder, CONFIG_FILE), config);
    return loadSettings(join(folder, CONFIG_FILE), RULES, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import type { Snapshot } from '#analyzer/analyzer.ts';
import { createAnalyzer } from '#analyzer/analyzer.ts';
import { memoryWorkspace } from './memoryWorkspace.ts';

/** Runs the whole engine over files held in memory, with the configuration among them if there is one. */
export function analyse(files: Readonly<Record<string, string>>): Promise<Snapshot> {
  return createAnalyzer(memoryWorkspace(files)).snapshot();
}

import { createAnalyzer } from '#analyzer/analyzer.ts';
import { defaultSettings } from '#analyzer/loadSettings.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { diskWorkspace } from '#workspace/diskWorkspace.ts';
import type { Workspace } from '#workspace/workspace.ts';

/** The graph of a project in a folder, without rules. */
export async function projectOnDisk(
  root: string,
): Promise<{ readonly workspace: Workspace; readonly graph: ProjectGraph }> {
  const workspace = diskWorkspace(root, { ignore: [] });
  const { graph } = await createAnalyzer({ workspace, settings: defaultSettings([]), rules: [] }).snapshot();
  return { workspace, graph };
}

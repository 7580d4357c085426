import { rebaseCoverage } from '#analyzer/projectFindings.ts';
import type { Coverage } from '#shared/finding.ts';
import type { Answer, Folder } from './folder.ts';

/** How much was understood, for the folder's client: files are relative to the folder, wherever its project begins. */
export function folderCoverage({ project }: Folder, { snapshot }: Answer): Coverage {
  return rebaseCoverage(snapshot.coverage, project.root, project.paths[0] ?? project.root);
}

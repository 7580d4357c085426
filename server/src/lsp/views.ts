import { fileView } from '#analyzer/fileViews.ts';
import { measuredRoutes } from '#analyzer/report/measuredRoutes.ts';
import type { FileView } from '#shared/siteView.ts';
import type { Asked } from './asked.ts';
import type { Answer, Folder } from './folder.ts';

/** The views of an answer that were asked for, and what is the same for all its files. */
interface Views {
  readonly byFile: Map<string, FileView>;
  readonly routes: () => ReturnType<typeof measuredRoutes>;
}

const known = new WeakMap<Answer, Views>();

/** What a file shows over an answer; computed when it is first asked for and gone with the answer. */
export function viewOf({ folder, file, answer }: Asked): FileView {
  const { byFile, routes } = viewsOver(folder, answer);
  const { measurements, formers } = folder.evidence;
  const shown = { graph: answer.snapshot.graph, findings: answer.findings, measurements, formers, routes };
  const view = byFile.get(file) ?? fileView(shown, folder.workspace, file);
  byFile.set(file, view);
  return view;
}

function viewsOver(folder: Folder, answer: Answer): Views {
  const { graph } = answer.snapshot;
  let routes: ReturnType<typeof measuredRoutes> | null = null;
  const views = known.get(answer) ?? {
    byFile: new Map(),
    routes: () => {
      routes ??= measuredRoutes(graph, folder.evidence.routes(graph));
      return routes;
    },
  };
  known.set(answer, views);
  return views;
}

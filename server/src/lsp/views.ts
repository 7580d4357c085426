import { fileView } from '#analyzer/fileViews.ts';
import type { FileView } from '#shared/siteView.ts';
import type { Asked } from './asked.ts';
import type { Answer } from './folder.ts';

const known = new WeakMap<Answer, Map<string, FileView>>();

/** What a file shows over an answer; computed when it is first asked for and gone with the answer. */
export function viewOf({ folder, file, answer }: Asked): FileView {
  const views = known.get(answer) ?? new Map<string, FileView>();
  known.set(answer, views);
  const { graph } = answer.snapshot;
  const { evidence } = folder;
  const measured = { measurements: evidence.measurements, formers: evidence.formers, routes: evidence.routes };
  const view = views.get(file) ?? fileView({ graph, findings: answer.findings, ...measured }, folder.workspace, file);
  views.set(file, view);
  return view;
}

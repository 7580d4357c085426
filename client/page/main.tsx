import { render } from 'preact';
import type { PerformanceReport } from '#shared/report.ts';
import { App } from './app.tsx';
import { type Editor, editorAround } from './editor.ts';
import { InEditor } from './inEditor.tsx';
import './page.css';
import { unpacked } from './reportText.ts';

// Draws the report that stands in the page, for a browser that opened it from disk, or the one an editor hands over.
const [root, holder] = ['page', 'report'].map((id) => document.getElementById(id));
const editor = editorAround();
if (root && (holder || editor)) {
  show(root, holder ?? null, editor).catch((error: unknown) => {
    root.textContent = `This report cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  });
}

async function show(into: HTMLElement, from: HTMLElement | null, around: Editor | null): Promise<void> {
  const report: PerformanceReport | null =
    from && JSON.parse(await unpacked(from.textContent ?? '', from.dataset.encoding ?? null));
  into.replaceChildren();
  if (around) render(<InEditor editor={around} first={report} />, into);
  else if (report) render(<App report={report} />, into);
}

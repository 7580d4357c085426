import { render } from 'preact';
import type { PerformanceReport } from '#shared/report.ts';
import { App } from './app.tsx';
import { editorAround } from './editor.ts';
import './page.css';
import { unpacked } from './reportText.ts';

// Draws the report that stands in the page, for a browser that opened it from disk and for an editor that shows it.
const [root, holder] = ['page', 'report'].map((id) => document.getElementById(id));
if (root && holder) {
  show(root, holder).catch((error: unknown) => {
    root.textContent = `This report cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  });
}

async function show(into: HTMLElement, from: HTMLElement): Promise<void> {
  const text = await unpacked(from.textContent ?? '', from.dataset.encoding ?? null);
  const report: PerformanceReport = JSON.parse(text);
  into.replaceChildren();
  render(<App report={report} tell={editorAround()} />, into);
}

import type { ReportPlace } from '#shared/report.ts';

/** What the page tells the editor that shows it. */
export interface OpenPlace extends Pick<ReportPlace, 'file' | 'line'> {
  readonly kind: 'open';
  /** 1 where it is not known. */
  readonly column: number;
}

/** A way to tell the editor around this page; null in a browser. May be asked once. */
export function editorAround(): ((message: OpenPlace) => void) | null {
  const api = (globalThis as { acquireVsCodeApi?: () => { postMessage(message: unknown): void } }).acquireVsCodeApi?.();
  return api ? (message) => api.postMessage(message) : null;
}

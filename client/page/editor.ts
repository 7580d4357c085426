import type { EditorMessage, PageMessage } from '#shared/reportMessages.ts';

/** The editor that shows this page. */
export interface Editor {
  tell(message: PageMessage): void;
  /** What it gets back with the page after its window was closed. */
  remember(state: Readonly<Record<string, string>>): void;
  /** Calls back for each message; the answer ends it. */
  listen(hear: (message: EditorMessage) => void): () => void;
}

/** Null in a browser. May be asked once. */
export function editorAround(): Editor | null {
  const api = (globalThis as { acquireVsCodeApi?: () => WebviewApi }).acquireVsCodeApi?.();
  if (!api) return null;
  return {
    tell: (message) => api.postMessage(message),
    remember: (state) => api.setState(state),
    listen: (hear) => {
      const heard = ({ data }: MessageEvent<EditorMessage>): void => hear(data);
      window.addEventListener('message', heard);
      return () => window.removeEventListener('message', heard);
    },
  };
}

/** As VS Code gives it to the pages it shows. */
interface WebviewApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
}

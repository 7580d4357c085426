import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PerformanceReport } from '#shared/report.ts';
import type { EditorMessage } from '#shared/reportMessages.ts';
import { App, type WantedRoute } from './app.tsx';
import type { Editor } from './editor.ts';

interface Props {
  readonly editor: Editor;
  /** The report of a page that was made with one. */
  readonly first: PerformanceReport | null;
}

interface Shown {
  readonly report: PerformanceReport | null;
  readonly problem: string | null;
  readonly route: WantedRoute | null;
}

/** The report an editor hands over, the next one as soon as it hands that over; what a reader sorted and opened stays. */
export function InEditor({ editor, first }: Props) {
  const [{ report, problem, route }, setShown] = useState<Shown>({ ...NOTHING, report: first });
  useEffect(() => {
    const end = editor.listen((message) => {
      if (message.kind === 'report') editor.remember({ folder: message.folder });
      setShown((shown) => after(shown, message));
    });
    editor.tell({ kind: 'ready' });
    return end;
  }, [editor]);
  const open = useMemo(
    () => (place: { file: string; line: number; column: number }) => editor.tell({ kind: 'open', ...place }),
    [editor],
  );
  return (
    <>
      <News text={problem ?? ''} onRefresh={() => editor.tell({ kind: 'refresh' })} />
      {report ? <App report={report} open={open} route={route} /> : problem === null && <p>Making the report…</p>}
    </>
  );
}

const NOTHING: Shown = { report: null, problem: null, route: null };

function after(shown: Shown, message: EditorMessage): Shown {
  switch (message.kind) {
    case 'report':
      return { ...shown, report: message.report, problem: null };
    case 'failed':
      return { ...shown, problem: message.message };
    case 'route':
      return { ...shown, route: { ...message, turn: (shown.route?.turn ?? 0) + 1 } };
  }
}

interface NewsProps {
  readonly text: string;
  readonly onRefresh: () => void;
}

/** Always there, so that a screen reader hears what comes into it. */
function News({ text, onRefresh }: NewsProps) {
  return (
    <div class={text === '' ? 'news empty' : 'news'} role="status">
      {text !== '' && (
        <>
          <span>{text}</span>
          <button type="button" class="turn" onClick={onRefresh}>
            Try Again
          </button>
        </>
      )}
    </div>
  );
}

import { Fragment } from 'preact';
import type { ReportPlace } from '#shared/report.ts';
import { useActions } from './actions.ts';

/** A place in the code: opens it in an editor, copies its path elsewhere. */
export function Place({ at }: { readonly at: Pick<ReportPlace, 'file' | 'line'> & { readonly column?: number } }) {
  const { opens, visit } = useActions();
  const text = placeText(at);
  return (
    <button
      type="button"
      class="place"
      aria-label={`${opens ? 'Open' : 'Copy'} ${text}`}
      title={`${opens ? 'Open' : 'Copy'} ${text}`}
      onClick={() => visit(at)}
    >
      {text.split(/(?<=\/)/).map((part, index) => (
        <Fragment key={`${index}${part}`}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </button>
  );
}

export function placeText({ file, line }: Pick<ReportPlace, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

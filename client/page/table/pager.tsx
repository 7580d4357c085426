import { plural } from '../count.ts';
import type { Page } from './paging.ts';

interface Props {
  readonly page: Page<unknown>;
  readonly total: number;
  readonly noun: string;
  readonly onTurn: (page: number) => void;
}

/** Says which rows are shown and turns to others; turning is left out where all are. */
export function Pager({ page: { rows, start, page, pages }, total, noun, onTurn }: Props) {
  const shown = pages === 1 ? plural(total, noun) : `${start + 1}–${start + rows.length} of ${plural(total, noun)}`;
  return (
    <div class="pager">
      <span aria-live="polite">{shown}</span>
      {pages > 1 && (
        <>
          <button type="button" class="turn" disabled={page === 0} onClick={() => onTurn(page - 1)}>
            Previous
          </button>
          <button type="button" class="turn" disabled={page === pages - 1} onClick={() => onTurn(page + 1)}>
            Next
          </button>
        </>
      )}
    </div>
  );
}

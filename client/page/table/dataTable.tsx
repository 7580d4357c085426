import { type ComponentChildren, Fragment } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { useActions } from '../actions.ts';
import { plural } from '../count.ts';
import type { Column } from './column.ts';
import { tableAsMarkdown } from './markdown.ts';
import { nextOrder, ordered } from './order.ts';
import { Pager } from './pager.tsx';
import { pageOf, pageWith } from './paging.ts';
import type { Order } from './textColumn.ts';

interface Props<Row> {
  readonly title: string;
  /** `query`: what one row is. */
  readonly noun: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly initial?: Order;
  /** What is shown below a row that was opened. */
  readonly more?: (row: Row) => ComponentChildren;
  /** Which row to open and go to at first. */
  readonly wanted?: ((row: Row) => boolean) | null;
  /** Searching and filtering, beside the button that copies. */
  readonly controls?: ComponentChildren;
  /** Changes when other rows are looked at, so that reading begins on the first page again. */
  readonly about?: string;
}

/** Rows a hundred at a time, sorted by their heads; each can be opened where there is more to say. */
export function DataTable<Row>(props: Props<Row>) {
  const { title, noun, columns, rows, initial = null, controls, about = '', wanted = null } = props;
  const { copy } = useActions();
  const [order, setOrder] = useState<Order | null>(initial);
  const sorted = useMemo(() => ordered(rows, columns, order), [rows, columns, order]);
  const [sought, setSought] = useState(() => (wanted && sorted.find(wanted)) ?? null);
  const [turned, setTurned] = useState({ about, page: sought ? pageWith(sorted.indexOf(sought)) : 0 });
  const page = pageOf(sorted, turned.about === about ? turned.page : 0);
  const turn = (next: number): void => setTurned({ about, page: next });
  return (
    <>
      <div class="controls">
        {controls}
        <button
          type="button"
          class="copy"
          disabled={rows.length === 0}
          onClick={() => copy(tableAsMarkdown(title, columns, page.rows), plural(page.rows.length, noun))}
        >
          Copy as Markdown
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard */}
      <section class="scroll" aria-label={title} tabIndex={0}>
        <table>
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head
                  key={column.title}
                  column={column}
                  order={order}
                  onOrder={(next) => {
                    setOrder(next);
                    turn(0);
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <Row
                key={props.keyOf(row)}
                row={row}
                {...props}
                onReached={row === sought ? () => setSought(null) : null}
              />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p class="none">Nothing here matches.</p>}
      </section>
      <Pager page={page} total={rows.length} noun={noun} onTurn={turn} />
    </>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly order: Order | null;
  readonly onOrder: (order: Order) => void;
}

function Head<Row>({ column: { title, value, isNumber }, order, onOrder }: HeadProps<Row>) {
  const kind = isNumber ? 'number' : '';
  if (!value)
    return (
      <th scope="col" class={kind}>
        {title}
      </th>
    );
  const direction = order?.title === title ? (order.descending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" class={kind} aria-sort={direction}>
      <button type="button" class="sort" onClick={() => onOrder(nextOrder(order, title, isNumber === true))}>
        {title}
        <span class="arrow" aria-hidden="true">
          {direction === 'none' ? '↕' : direction === 'descending' ? '↓' : '↑'}
        </span>
      </button>
    </th>
  );
}

interface RowProps<Row> extends Pick<Props<Row>, 'columns' | 'more'> {
  readonly row: Row;
  /** Told once the row was opened and gone to; null for every row nobody asked for. */
  readonly onReached: (() => void) | null;
}

function Row<Row>({ row, columns, more, onReached }: RowProps<Row>) {
  const [isOpen, setOpen] = useState(false);
  const line = useRef<HTMLTableRowElement>(null);
  const id = useId();
  useEffect(() => {
    if (!onReached) return;
    setOpen(true);
    line.current?.scrollIntoView({ block: 'center' });
    line.current?.querySelector<HTMLElement>('.open')?.focus({ preventScroll: true });
    onReached();
  }, [onReached]);
  const [first, ...others] = columns;
  return (
    <Fragment>
      <tr ref={line} class={isOpen ? 'opened' : ''}>
        <td class={first?.isNumber ? 'number' : ''}>
          {more ? (
            <div class="opener">
              <button
                type="button"
                class="open"
                aria-expanded={isOpen}
                aria-controls={id}
                aria-label={`More about ${first?.text(row)}`}
                onClick={() => setOpen(!isOpen)}
              >
                <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
              </button>
              <div>{first?.cell(row)}</div>
            </div>
          ) : (
            first?.cell(row)
          )}
        </td>
        {others.map((column) => (
          <td key={column.title} class={column.isNumber ? 'number' : ''}>
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {isOpen && more && (
        <tr class="more" id={id}>
          <td colSpan={columns.length}>{more(row)}</td>
        </tr>
      )}
    </Fragment>
  );
}

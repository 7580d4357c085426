import type { Random } from './random.ts';

type Writer = (name: string, random: Random) => string;

const WORDS = [
  'amount',
  'batch',
  'count',
  'delta',
  'entry',
  'figure',
  'limit',
  'margin',
  'offset',
  'period',
  'quota',
  'rate',
];

const FORMAT: Writer = (name, { below, pick }) => `
export function format${name}(value: number, unit = '${pick(WORDS)}'): string {
  if (!Number.isFinite(value)) {
    return 'n/a';
  }
  const rounded = Math.round(value * ${10 ** (1 + below(4))}) / ${10 ** (1 + below(4))};
  const sign = rounded < 0 ? '-' : '';
  const [whole = '0', fraction = ''] = Math.abs(rounded).toString().split('.');
  const grouped = whole.replace(/\\B(?=(\\d{3})+(?!\\d))/g, ',');
  return \`\${sign}\${grouped}\${fraction === '' ? '' : \`.\${fraction}\`} \${unit}\`;
}
`;

const REDUCE: Writer = (name, { below, pick }) => `
export function summarise${name}(rows: readonly { ${pick(WORDS)}Id: string; value: number; tags: string[] }[]) {
  const totals = new Map<string, number>();
  for (const row of rows) {
    for (const tag of row.tags) {
      const before = totals.get(tag) ?? 0;
      if (row.value > ${below(1000)}) {
        totals.set(tag, before + row.value);
      } else {
        totals.set(tag, before + ${1 + below(5)});
      }
    }
  }
  return [...totals].sort((a, b) => b[1] - a[1]).slice(0, ${5 + below(20)});
}
`;

const FETCH: Writer = (name, { below, pick }) => `
export async function request${name}(path: string, attempts = ${2 + below(4)}): Promise<unknown> {
  let last: unknown = null;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const response = await fetch(\`/api/${pick(WORDS)}/\${path}\`, { headers: { accept: 'application/json' } });
    if (response.ok) {
      return response.json();
    }
    last = response.status;
    await new Promise((resolve) => setTimeout(resolve, attempt * ${50 + below(200)}));
  }
  throw new Error(\`The request failed: \${String(last)}\`);
}
`;

const CLASS: Writer = (name, { below, pick }) => `
export class ${name}Queue<T> {
  readonly #items: T[] = [];
  readonly #limit: number;

  constructor(limit = ${10 + below(90)}) {
    this.#limit = limit;
  }

  push(item: T): boolean {
    if (this.#items.length >= this.#limit) {
      return false;
    }
    this.#items.push(item);
    return true;
  }

  take(${pick(WORDS)} = ${1 + below(9)}): T[] {
    return this.#items.splice(0, ${1 + below(9)} + ${below(3)});
  }
}
`;

const TYPES: Writer = (name, { below, pick }) => `
export interface ${name}Options {
  readonly id: string;
  readonly ${pick(WORDS)}: number;
  readonly ${pick(WORDS)}Label?: string;
  readonly nested: { readonly enabled: boolean; readonly values: readonly string[] };
}

export type ${name}State =
  | { kind: 'idle' }
  | { kind: 'loading'; since: number }
  | { kind: 'failed'; error: Error; retries: ${1 + below(5)} }
  | { kind: 'ready'; options: ${name}Options };

export function is${name}Ready(state: ${name}State): boolean {
  return state.kind === 'ready' && state.options.nested.enabled;
}
`;

const COMPONENT: Writer = (name, { below, pick }) => `
interface ${name}Props {
  title: string;
  rows: { id: string; ${pick(WORDS)}Text: string; value: number }[];
  onSelect(id: string): void;
}

export function ${name}Panel({ title, rows, onSelect }: ${name}Props) {
  const [open, setOpen] = useState(${below(2) ? 'true' : 'false'});
  const visible = useMemo(() => rows.filter((row) => row.value > ${below(50)}), [rows]);
  if (visible.length === 0) {
    return <p className="empty">Nothing to show in {title}.</p>;
  }
  return (
    <section className="panel-${below(100)}">
      <header>
        <h2>{title}</h2>
        <button type="button" onClick={() => setOpen(!open)}>
          {open ? 'Less' : 'More'}
        </button>
      </header>
      {open && (
        <ul>
          {visible.map((row) => (
            <li key={row.id} onClick={() => onSelect(row.id)}>
              <strong>{row.value.toFixed(${below(3)})}</strong>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
`;

export const UTILITIES: readonly Writer[] = [FORMAT, REDUCE, FETCH, CLASS];
export const TYPE_DECLARATIONS: readonly Writer[] = [TYPES, TYPES, TYPES, FORMAT];
export const COMPONENTS: readonly Writer[] = [COMPONENT, COMPONENT, COMPONENT, TYPES];

/** Declarations by the given writers until there are `lines` of them. */
export function declarations(writers: readonly Writer[], lines: number, random: Random): string {
  let text = '';
  let written = 0;
  for (let number = 0; written < lines; number += 1) {
    const piece = random.pick(writers)(`Part${number}`, random);
    text += piece;
    written += piece.split('\n').length - 1;
  }
  return text;
}

/** One value of one series, as Prometheus's text format or OpenMetrics has it. */
export interface MetricSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** A line of the exposition; a comment that says nothing of types, or an empty one, is `nothing`, and what is no such line null. */
export type MetricLine =
  | { readonly kind: 'sample'; readonly sample: MetricSample }
  | { readonly kind: 'unit'; readonly name: string; readonly unit: string }
  /** OpenMetrics: nothing of this exposition follows. */
  | { readonly kind: 'end' }
  | { readonly kind: 'nothing' };

export function metricLine(line: string): MetricLine | null {
  const text = line.trim();
  if (text === '# EOF') return { kind: 'end' };
  const [, unitOf, unit] = /^# UNIT (\S+) (\S+)$/.exec(text) ?? [];
  if (unitOf !== undefined && unit !== undefined) return { kind: 'unit', name: unitOf, unit };
  if (text === '' || text.startsWith('#')) return { kind: 'nothing' };
  const sample = sampleOf(text);
  return sample && { kind: 'sample', sample };
}

const NAME = /^[A-Za-z_:][\w:]*/;
/** With blanks wherever a writer may put them; the last comma may stand too. */
const LABEL = /\s*([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,?)/y;
/** The value; a time may follow, and in OpenMetrics an exemplar. */
const VALUE = /^\s*([+-]?(?:Inf|NaN|[\d.]+(?:e[+-]?\d+)?))(?:\s+[\d.e+-]+)?(?:\s+#.*)?$/i;

function sampleOf(text: string): MetricSample | null {
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return null;
  const labels = new Map<string, string>();
  let end = name.length;
  const brace = /^\s*\{/.exec(text.slice(end));
  if (brace) {
    end += brace[0].length;
    LABEL.lastIndex = end;
    for (let found = LABEL.exec(text); found; found = LABEL.exec(text)) {
      labels.set(found[1] ?? '', unescaped(found[2] ?? ''));
      end = LABEL.lastIndex;
      if (found[3] === '') break;
    }
    const close = /^\s*\}/.exec(text.slice(end));
    if (!close) return null;
    end += close[0].length;
  }
  const [, written] = VALUE.exec(text.slice(end)) ?? [];
  const value = written === undefined ? Number.NaN : Number(written.replace(/inf$/i, 'Infinity'));
  return written === undefined ? null : { name, labels, value };
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(.)/gs, (_, code: string) => (code === 'n' ? '\n' : code)) : text;
}

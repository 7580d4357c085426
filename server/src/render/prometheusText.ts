/** All series of one metric, as Prometheus's text format 0.0.4 has them. */
export interface MetricFamily {
  /** Base units, as its conventions ask: `querylens_query_duration_seconds`. */
  readonly name: string;
  readonly type: 'gauge' | 'summary' | 'histogram';
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

/** One value of one series. */
export interface MetricSample {
  /** Behind the name of the family: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The page that a collector reads. A metric of which nothing is known is left out; of samples that are labelled alike, which make a page unreadable, the first one stands. */
export function prometheusText(families: readonly MetricFamily[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, type, help, samples }) => {
      const about = [
        `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
        `# TYPE ${name} ${type}`,
      ];
      const series = Map.groupBy(samples, (sample) => seriesText(name, sample));
      const lines = [...series].map(([text, [first]]) => `${text} ${first?.value}`);
      return [...about, ...lines, ''].join('\n');
    })
    .join('');
}

function seriesText(name: string, { suffix = '', labels }: MetricSample): string {
  const written = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${suffix}${written.length === 0 ? '' : `{${written.join(',')}}`}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** A time in the base unit, without the noise of a division. */
export function secondsOf(ms: number): number {
  return Number((ms / 1000).toFixed(6));
}

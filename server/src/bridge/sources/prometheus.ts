import type { LineReader, Source, SourceEvents } from '../source.ts';
import { type MetricSample, metricLine } from './prometheusLine.ts';
import { ratiosOf } from './prometheusRatios.ts';
import { routesOf } from './prometheusRoutes.ts';

/** What an application shows at `/metrics`, as Prometheus's text or as OpenMetrics. */
export const prometheus: Source = {
  id: 'prometheus',
  reads:
    "an application's own metrics as Prometheus reads them: durations of requests by route, and how often caches hit",
  matches: (head) => TYPE_LINE.test(head) || DURATION_LINE.test(head),
  open: (told) => reader(told),
};

const TYPE_LINE =
  /^# TYPE [A-Za-z_:][\w:]* (?:counter|gauge|histogram|summary|untyped|unknown|info|stateset|gaugehistogram)\s*$/m;
/** Somebody cut the comments off. */
const DURATION_LINE =
  /^\w*(?:http|request)\w*_(?:duration|latency)\w*_(?:bucket|sum|count)(?:\{[^\n]*\})? [\d.eE+]+\s*$/m;

/** Different series; a page of metrics has hundreds. */
const MOST_SERIES = 50_000;

/** A page is told as a whole; where a series comes again, another page begins. */
function reader({ sample, unreadable }: SourceEvents): LineReader {
  let series = new Map<string, MetricSample>();
  let units = new Map<string, string>();
  const end = () => {
    const samples = [...series.values()];
    series = new Map();
    for (const one of [...routesOf(samples, units), ...ratiosOf(samples)]) sample(one);
    units = new Map();
  };
  const add = (one: MetricSample) => {
    const key = [one.name, ...[...one.labels].flat()].join('\0');
    if (series.has(key) || series.size >= MOST_SERIES) end();
    series.set(key, one);
  };
  return {
    line: (text) => {
      const line = metricLine(text);
      if (line === null) unreadable(text);
      else if (line.kind === 'sample') add(line.sample);
      else if (line.kind === 'unit') units.set(line.name, line.unit);
      else if (line.kind === 'end') end();
    },
    end,
  };
}

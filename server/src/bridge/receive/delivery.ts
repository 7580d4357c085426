import { createHash } from 'node:crypto';
import type { Sample } from '../sample.ts';
import type { Source } from '../source.ts';
import { parseObject } from '../sources/jsonLines.ts';
import { otlp } from '../sources/otlp.ts';
import { metricsOf } from '../sources/otlpMetrics.ts';
import { metricsOfProtobuf } from '../sources/otlpMetricsProtobuf.ts';
import { spansOfProtobuf } from '../sources/otlpProtobuf.ts';
import { type Span, spansOf } from '../sources/otlpSpans.ts';
import { probeLines } from '../sources/probeLines.ts';

/** What one request of a sender brought; values of the application are still in it. */
export interface Delivery {
  /** Tells what is sent again from what is new. */
  readonly hash: string;
  readonly spans: readonly Span[];
  /** What the probe saw, or an application told of its routes, and in which format. */
  readonly samples: readonly Sample[];
  readonly source: Source;
  /** Spans or lines of which nothing can be made. */
  readonly unreadable: number;
  /** What the sender says it lost before. */
  readonly lost: number;
}

/** Of an export of traces; null for what is none. */
export function deliveryOfTraces(body: Buffer, form: 'json' | 'protobuf'): Delivery | null {
  const read = form === 'json' ? spansOf(parseObject(body.toString('utf8'))) : spansOfProtobuf(body);
  return read && { hash: hashOf(body), spans: read.spans, samples: [], source: otlp, unreadable: read.broken, lost: 0 };
}

/** Of an export of metrics; null for what is none. */
export function deliveryOfMetrics(body: Buffer, form: 'json' | 'protobuf'): Delivery | null {
  const samples = form === 'json' ? metricsOf(parseObject(body.toString('utf8'))) : metricsOfProtobuf(body);
  return samples && { hash: hashOf(body), spans: [], samples, source: otlp, unreadable: 0, lost: 0 };
}

/** Of the probe's lines; null where not one of them is one. */
export function deliveryOfLines(body: Buffer): Delivery | null {
  const samples: Sample[] = [];
  let [unreadable, lost] = [0, 0];
  const reader = probeLines.open({
    sample: (sample) => samples.push(sample),
    unreadable: () => {
      unreadable += 1;
    },
    lost: (count) => {
      lost += count;
    },
  });
  for (const line of body.toString('utf8').split('\n')) reader.line(line);
  reader.end();
  if (unreadable > 0 && samples.length === 0 && lost === 0) return null;
  return { hash: hashOf(body), spans: [], samples, source: probeLines, unreadable, lost };
}

function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url');
}

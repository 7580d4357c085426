import { resolve } from 'node:path';
import type { ProbeSettings } from '../settings.ts';
import { fileSink } from './fileSink.ts';
import { httpSink } from './httpSink.ts';
import type { Sink } from './sink.ts';

export function openSink({ to, root }: Pick<ProbeSettings, 'to' | 'root'>): Sink {
  return /^https?:\/\//.test(to) ? httpSink(to) : fileSink(resolve(root, to));
}

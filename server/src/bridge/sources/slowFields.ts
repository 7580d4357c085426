import { isObject, type JsonObject } from '#shared/jsonObject.ts';
import { numberOf, pointInTime, textOf } from './jsonLines.ts';
import { isSql } from './sqlText.ts';

/** What an application tells of something it measured. */
export interface Measured {
  readonly what: { readonly sql: string } | { readonly name: string };
  readonly ms: number;
}

const TIMES = [
  'duration',
  'durationMs',
  'duration_ms',
  'elapsed',
  'elapsedMs',
  'took',
  'time_ms',
  'ms',
  'executionTime',
  'responseTime',
];
const NAMES = ['query', 'sql', 'operation', 'name', 'queryName', 'label'];

/** A duration and what it is of among the fields of a log entry, or one level deeper; null where either is missing. */
export function measuredFields(object: JsonObject): Measured | null {
  return (
    fieldsOf(object) ??
    Object.values(object)
      .filter(isObject)
      .map(fieldsOf)
      .find((one) => one !== null) ??
    null
  );
}

function fieldsOf(object: JsonObject): Measured | null {
  const ms = TIMES.map((field) => durationOf(object[field])).find((time) => time !== null) ?? null;
  const text = NAMES.map((field) => textOf(object[field])).find((name) => name !== null) ?? null;
  return ms === null || text === null ? null : { what: isSql(text) ? { sql: text } : { name: text }, ms };
}

const UNITS: Readonly<Record<string, number>> = { µs: 0.001, us: 0.001, s: 1000, sec: 1000, seconds: 1000 };

/** Milliseconds; a unit that is not known is taken for them. */
export function inMilliseconds(time: number, unit: string | undefined): number {
  return time * (UNITS[unit?.toLowerCase() ?? 'ms'] ?? 1);
}

/** A number is milliseconds; `1.5s` is not. */
function durationOf(value: unknown): number | null {
  const number = numberOf(value);
  if (number !== null) return number;
  const [, time, unit] = /^(\d+(?:\.\d+)?) ?([a-zµ]+)$/i.exec(textOf(value) ?? '') ?? [];
  return time === undefined ? null : inMilliseconds(Number(time), unit);
}

/** When an entry was written: Winston's and Pino's fields, and their like. */
export function writtenAt(object: JsonObject): number | null {
  for (const field of ['timestamp', 'time', '@timestamp', 'ts', 'date']) {
    const at = pointInTime(object[field]);
    if (at !== null) return at < SECONDS_UNTIL ? at * 1000 : at;
  }
  return null;
}

/** Smaller points in time are in seconds since 1970. */
const SECONDS_UNTIL = 1e11;

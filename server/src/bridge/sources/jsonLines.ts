import { isObject, type JsonObject } from '#shared/jsonObject.ts';
import type { LineReader } from '../source.ts';

/** One object a line; a line that is none is unreadable, an empty one nothing. */
export function jsonLines(
  take: (object: JsonObject, line: string) => void,
  unreadable: (line: string) => void,
): LineReader {
  return {
    line: (text) => {
      if (text.trim() === '') return;
      const object = parseObject(text);
      if (object === null) unreadable(text);
      else take(object, text);
    },
    end: () => undefined,
  };
}

/** Null for what is no JSON, or not an object. */
export function parseObject(text: string): JsonObject | null {
  // Most lines of a log are none, and to be told so by an error takes longer than all else.
  if (!/^\s*\{/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Null for what is not a text, or an empty one. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, or the text of one, as exports of databases write it; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A point in time as text or in milliseconds, in milliseconds since 1970. */
export function pointInTime(value: unknown): number | null {
  const text = textOf(value);
  const at = typeof value === 'number' ? value : text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

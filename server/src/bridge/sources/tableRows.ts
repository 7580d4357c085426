import { isObject, type JsonObject } from '#shared/jsonObject.ts';
import type { LineReader } from '../source.ts';
import { csvRecords } from './csvRecords.ts';
import { jsonDocuments } from './jsonDocuments.ts';

export interface RowsTold {
  row(row: JsonObject): void;
  unreadable(text: string): void;
}

/** A table somebody exported: JSON (an array, rows by line, the answer of a driver), CSV with a head, or text with tabs and a head. */
export function tableRows(told: RowsTold): LineReader {
  let reader: LineReader | null = null;
  return {
    line: (text) => {
      if (reader === null && text.trim() === '') return;
      reader ??= readerFor(text, told);
      reader.line(text);
    },
    end: () => reader?.end(),
  };
}

function readerFor(first: string, told: RowsTold): LineReader {
  if (/^\s*[[{]/.test(first)) return jsonRows(told);
  if (first.includes('\t')) return tabbedRows(told);
  return csvRows(told, first.includes(';') && !first.includes(',') ? ';' : ',');
}

function jsonRows({ row, unreadable }: RowsTold): LineReader {
  const take = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(take);
    else if (!isObject(value)) unreadable(JSON.stringify(value));
    else if (Array.isArray(value.rows)) value.rows.forEach(take);
    else row(value);
  };
  return jsonDocuments(take, unreadable);
}

function csvRows(told: RowsTold, separator: string): LineReader {
  return csvRecords({ record: headed(told), unreadable: told.unreadable }, separator);
}

/** As `mysql --batch` and PostgreSQL's COPY write it: no quotes, a line a row. */
function tabbedRows(told: RowsTold): LineReader {
  const record = headed(told);
  return {
    line: (text) => {
      if (text !== '') record(text.split('\t').map(unescaped));
    },
    end: () => undefined,
  };
}

function headed({ row, unreadable }: RowsTold): (fields: readonly string[]) => void {
  let head: readonly string[] | null = null;
  return (fields) => {
    if (head === null) head = fields.map((name) => name.replace(/^\uFEFF/, '').trim());
    else if (fields.length !== head.length) unreadable(fields.join('\t'));
    else row(Object.fromEntries(head.map((name, index) => [name, fields[index]])));
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function unescaped(field: string): string {
  return field === '\\N' ? '' : field.replace(/\\(.)/gs, (_, code: string) => ESCAPES[code] ?? code);
}

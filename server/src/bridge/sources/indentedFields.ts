import type { JsonObject } from '#shared/jsonObject.ts';

/** The fields of an entry on lines of their own below its words, as pino-pretty lays them out. */
export interface IndentedFields {
  /** The words of an entry whose fields may follow. */
  begin(text: string): void;
  /** Whether a line is one of its fields. */
  take(line: string): boolean;
  /** The entry, once no further field follows; null where none was begun. */
  close(): { readonly text: string; readonly fields: JsonObject } | null;
}

const FIELD = /^\s{2,}["']?([A-Za-z_]\w*)["']?:\s+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S.*?)),?\s*$/;
const MOST_FIELDS = 50;

export function indentedFields(): IndentedFields {
  let entry: { readonly text: string; readonly fields: Record<string, string> } | null = null;
  return {
    begin: (text) => {
      entry = { text, fields: {} };
    },
    take: (line) => {
      const [, name, double, single, bare] = (entry && FIELD.exec(line)) ?? [];
      if (entry === null || name === undefined || Object.keys(entry.fields).length >= MOST_FIELDS) return false;
      entry.fields[name] = double ?? single ?? bare ?? '';
      return true;
    },
    close: () => {
      const closed = entry;
      entry = null;
      return closed;
    },
  };
}

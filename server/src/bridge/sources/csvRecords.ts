import papaparse from 'papaparse';

/** Puts the lines of a CSV file together to records; a field in quotes may go over several lines. */
export interface CsvRecords {
  line(text: string): void;
  end(): void;
}

export interface CsvTold {
  record(fields: readonly string[]): void;
  /** Lines that are no record. */
  unreadable(text: string): void;
}

/**
 * `begins` tells the first line of a record surely, so that one broken record does not swallow what follows; without it only an
 * even number of quotes does.
 */
export function csvRecords(told: CsvTold, separator = ',', begins: RegExp | null = null): CsvRecords {
  let lines: string[] = [];
  let even = true;
  const drop = () => {
    if (lines.length > 0) told.unreadable(lines.join('\n'));
    lines = [];
    even = true;
  };
  return {
    line: (text) => {
      if (lines.length > 0 && (begins?.test(text) || lines.length > MOST_LINES)) drop();
      if (lines.length === 0 && text === '') return;
      lines.push(text);
      even = even === evenQuotes(text);
      if (!even) return;
      const fields = fieldsOf(lines.join('\n'), separator);
      if (fields === null) return drop();
      lines = [];
      told.record(fields);
    },
    end: drop,
  };
}

/** No statement has so many lines: a quote was lost. */
const MOST_LINES = 10_000;

function evenQuotes(text: string): boolean {
  let even = true;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) even = !even;
  return even;
}

function fieldsOf(record: string, delimiter: string): readonly string[] | null {
  const { data, errors } = papaparse.parse<readonly string[]>(record, { delimiter, newline: '\n' });
  return errors.length > 0 || data.length !== 1 ? null : (data[0] ?? null);
}

import type { SqlDialect } from '#shared/sqlView.ts';
import { callsText } from '#words/measurementText.ts';
import { msText } from '#words/quantities.ts';
import { prettySql } from './prettySql.ts';
import { wrap } from './wrap.ts';

/** Executions of which nobody can say whose they were. */
export interface UnmatchedShape {
  /** Canonical SQL, or what the application called it. */
  readonly text: string;
  /** `call` and `name` are no SQL. */
  readonly dialect: SqlDialect | 'call' | 'name';
  readonly match: 'model' | 'ambiguous' | 'unmatched';
  readonly calls: number;
  readonly totalMs: number;
}

/** A page of SQL: what no one call is known to send, by why, each with how often and how long it ran. */
export async function unmatchedPage(shapes: readonly UnmatchedShape[]): Promise<string> {
  const sections: string[] = [];
  for (const { match, words } of SECTIONS) {
    const own = shapes.filter((shape) => shape.match === match);
    if (own.length > 0) sections.push([comment(words), ...(await Promise.all(own.map(shapeText)))].join('\n\n'));
  }
  return `${sections.length === 0 ? NOTHING : sections.join('\n\n\n')}\n`;
}

const NOTHING = '-- Everything that was counted is of one call.';

const SECTIONS = [
  {
    match: 'unmatched',
    words:
      'No call of the project is known to send this. It may come from another application, or from code that was not understood.',
  },
  { match: 'ambiguous', words: 'Several calls send this. Tags in the SQL tell them apart: see @querylens/probe.' },
  { match: 'model', words: 'Of this only the model and the operation are known.' },
] as const;

const WIDTH = 76;

function comment(words: string): string {
  return wrap(words, WIDTH)
    .map((line) => `-- ${line}`)
    .join('\n');
}

async function shapeText({ text, dialect, calls, totalMs }: UnmatchedShape): Promise<string> {
  const mean = calls > 0 ? `, mean ${msText(totalMs / calls)}` : '';
  const isSql = dialect !== 'call' && dialect !== 'name';
  return `-- ${callsText(calls)}${mean}\n${isSql ? `${await prettySql(text, dialect)};` : comment(text)}`;
}

import { isObject, type JsonObject } from '#shared/jsonObject.ts';
import type { StatementSample } from '../sample.ts';
import type { LineReader, Source, SourceEvents } from '../source.ts';
import { jsonDocuments } from './jsonDocuments.ts';
import { numberOf, pointInTime, textOf } from './jsonLines.ts';

/** What `prisma.$on('query', …)` is given, written down as it is. */
export const prismaEvents: Source = {
  id: 'prisma-events',
  reads: "Prisma's query events as JSON, one a line or in a list",
  matches: (head) => /^\s*[[{]/m.test(head) && FIELDS.every((field) => field.test(head)) && !/"level":/.test(head),
  open: (told) => reader(told),
  context: 0,
};

const FIELDS = [/"query": ?"/, /"duration": ?"?\d/, /"target": ?"/];

function reader({ sample, unreadable }: SourceEvents): LineReader {
  const take = (event: unknown): void => {
    const statement = isObject(event) ? statementOf(event) : null;
    if (statement) sample(statement);
    else unreadable(JSON.stringify(event));
  };
  return jsonDocuments((value) => {
    for (const event of Array.isArray(value) ? value : [value]) take(event);
  }, unreadable);
}

function statementOf(event: JsonObject): StatementSample | null {
  const [sql, ms] = [textOf(event.query), numberOf(event.duration)];
  if (sql === null || ms === null) return null;
  const at = pointInTime(event.timestamp);
  const parameters = parametersOf(textOf(event.params));
  return {
    ...{ kind: 'statement', at, sql, ms, rows: null, rowsExamined: null, plan: null, database: null },
    ...(parameters && { parameters }),
  };
}

/** Null for what the engines of Prisma 5 and 6 write, which is no JSON where dates are in it. */
function parametersOf(params: string | null): readonly (string | null)[] | null {
  try {
    const values: unknown = params === null ? null : JSON.parse(params);
    return Array.isArray(values) ? values.map(shown) : null;
  } catch {
    return null;
  }
}

function shown(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

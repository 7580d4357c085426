import type { SchemaModel } from '#schema/schemaModel.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { DriverQuery } from '../drivers/driverQuery.ts';
import { type Continuations, stepsBetween } from '../drivers/steps.ts';
import type { Operation } from '../operations.ts';
import { driverQuery } from './driverCalls.ts';
import type { LinkedFile } from './entities.ts';
import type { Link } from './names.ts';
import type { QueryVerdict } from './queryCalls.ts';

/** A call that a driver sends, seen as a query; null for any other. */
export function driverVerdict(
  link: Link,
  file: LinkedFile,
  call: CallFact,
  continuations: Continuations,
): QueryVerdict | null {
  const driver = driverQuery(link, file, call, continuations);
  const schema = driver ? schemaFor(link, file, textOf(file, call, driver)) : null;
  if (!driver || !schema) return null;
  const operation = operationOf(file, call, driver);
  return { kind: 'query', schema, model: null, operation, transaction: false, origin: null, driver };
}

/** Scripts know the tables of such queries, but for those that a Prisma schema maps. */
function schemaFor({ schemas }: Link, { path }: LinkedFile, text: string): SchemaModel | null {
  const [near, tables] = [schemas.near(path), schemas.tables(path)];
  if (!near || !tables) return near ?? tables;
  const [, table] = FIRST_TABLE.exec(text) ?? [];
  const isMapped = [...near.models.values()].some((model) => model.table === table);
  return isMapped || tables.models.size === 0 ? near : tables;
}

const FIRST_TABLE = /\b(?:from|into|update)\s+(?:["`]?\w+["`]?\.)?["`]?(\w+)/i;

const CHANGING_STEP = /^(?:insert|update|del|delete|truncate|increment|decrement|upsert)$/;
const CHANGING_TEXT =
  /^\s*(?:insert|update|delete|replace|merge|truncate|create|alter|drop|begin|commit|rollback|set)\b/i;

function operationOf(file: LinkedFile, call: CallFact, driver: DriverQuery): Operation {
  if (driver.kind === 'chain') {
    const steps = stepsBetween(file.facts, driver.first, call);
    return steps.some(({ callee }) => CHANGING_STEP.test(callee.path.at(-1) ?? '')) ? 'execute' : 'query';
  }
  return CHANGING_TEXT.test(textOf(file, call, driver)) ? 'execute' : 'query';
}

/** The text as far as it stands in the call; of a chain only what names its table. */
function textOf({ facts }: LinkedFile, call: CallFact, driver: DriverQuery): string {
  if (driver.kind === 'chain') return stepsBetween(facts, driver.first, call).flatMap(tableIn).join();
  const text = driver.call === null ? undefined : facts.calls[driver.call]?.arguments[driver.argument];
  if (text?.kind === 'template') return text.texts.join('?');
  return text?.kind === 'literal' ? String(text.value) : '';
}

function tableIn({ callee, arguments: [name] }: CallFact): readonly string[] {
  const names = callee.path.length === 0 || /^(?:from|into|table)$/.test(callee.path.at(-1) ?? '');
  return names && name?.kind === 'literal' ? [`from ${name.value}`] : [];
}

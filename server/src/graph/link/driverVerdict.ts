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
  const schema = driver ? schemaFor(link, file) : null;
  if (!driver || !schema) return null;
  const operation = operationOf(file, call, driver);
  return { kind: 'query', schema, model: null, operation, transaction: false, origin: null, driver };
}

/** Scripts know the tables of such queries, unless only Prisma's schema says anything. */
function schemaFor({ schemas }: Link, { path }: LinkedFile): SchemaModel | null {
  const near = schemas.near(path);
  return schemas.tables && (schemas.tables.models.size > 0 || !near) ? schemas.tables : near;
}

const CHANGING_STEP = /^(?:insert|update|del|delete|truncate|increment|decrement|upsert)$/;
const CHANGING_TEXT =
  /^\s*(?:insert|update|delete|replace|merge|truncate|create|alter|drop|begin|commit|rollback|set)\b/i;

function operationOf({ facts }: LinkedFile, call: CallFact, driver: DriverQuery): Operation {
  if (driver.kind === 'chain') {
    const steps = stepsBetween(facts, driver.first, call);
    return steps.some(({ callee }) => CHANGING_STEP.test(callee.path.at(-1) ?? '')) ? 'execute' : 'query';
  }
  const text = driver.call === null ? undefined : facts.calls[driver.call]?.arguments[driver.argument];
  const written = text?.kind === 'template' ? text.texts[0] : text?.kind === 'literal' ? String(text.value) : '';
  return CHANGING_TEXT.test(written ?? '') ? 'execute' : 'query';
}

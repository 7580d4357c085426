import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Value } from '#syntax/values.ts';
import { graphOf } from './support/project.ts';

/** What the argument of the one query of `a.ts` comes down to, objects printed with resolved properties. */
function check(code: string, expected: unknown): void {
  const graph = graphOf(`
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: a.ts
import { prisma } from './db';
${code}`);
  const [site] = graph.sites;
  assert.ok(site?.args);
  const plain = (file: string, value: Value): unknown => {
    const end = graph.resolve(file, value);
    if (end.value.kind === 'literal') return end.value.value;
    if (end.value.kind !== 'object') return end.value.kind;
    return Object.fromEntries(
      end.value.properties.flatMap((property) =>
        property.kind === 'property' ? [[property.key, plain(end.file, property.value)]] : [],
      ),
    );
  };
  assert.deepEqual(plain(site.file, site.args), expected);
}

describe('a value behind names', () => {
  it('is found through constants', () => check(`const args = { take: 5 }; prisma.order.findMany(args);`, { take: 5 }));
  it('is found across files and barrels', () =>
    check(
      `import { limits } from './barrel'; prisma.order.findMany({ take: limits.page.size });
// @file: barrel.ts
export * from './limits';
// @file: limits.ts
const page = { size: 20 };
export const limits = { page };`,
      { take: 20 },
    ));
  it('is found as default export and in namespaces', () =>
    check(
      `import size from './size'; import * as all from './size'; prisma.order.findMany({ take: size, skip: all.skip });
// @file: size.ts
export default 7;
export const skip = 3;`,
      { take: 7, skip: 3 },
    ));
  it('is found in class fields, frozen and validated objects', () =>
    check(
      `import { Prisma } from '@prisma/client';
const where = Object.freeze({ number: 'a' });
const select = Prisma.validator<unknown>()({ id: true });
class A { private size = 9; static skip = 2; run() { return prisma.order.findMany({ where, select, take: this.size, skip: A.skip }); } }`,
      { where: { number: 'a' }, select: { id: true }, take: 9, skip: 2 },
    ));
  it('is found after a single assignment', () =>
    check(`let take; take = 4; prisma.order.findMany({ take });`, { take: 4 }));
  it('is the last of spread properties', () =>
    check(
      `const base = { size: 1, other: 2 }; const all = { ...base, size: 3 }; prisma.order.findMany({ take: all.size, skip: all.other });`,
      { take: 3, skip: 2 },
    ));
  it('stays a name where it changes or comes from outside', () =>
    check(
      `let take = 1; if (Math.random()) take = 2; export const f = (skip) => prisma.order.findMany({ take, skip });`,
      { take: 'reference', skip: 'reference' },
    ));
  it('stays a name where a property is overwritten', () =>
    check(`const page = { size: 1 }; page.size = 100; prisma.order.findMany({ take: page.size });`, {
      take: 'reference',
    }));
  it('ends in circles', () =>
    check(
      `import { a } from './circle'; prisma.order.findMany({ take: a });
// @file: circle.ts
export { a } from './circle2';
// @file: circle2.ts
export { a } from './circle';`,
      { take: 'reference' },
    ));
});

import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { check, SCHEMA, sqlOf } from './support/checkSite.ts';

describe('members of enums', () => {
  it('say how texts are compared, from the namespace or imported by themselves', () =>
    check(
      `import { insensitive } from './modes';
export const f = (name: string) => prisma.user.findMany({ where: { OR: [{ name: { contains: name, mode: Prisma.QueryMode.insensitive } }, { name: { equals: name, mode: insensitive } }] } });`,
      ["User WHERE (User.name ILIKE ('%' || $1 || '%') OR User.name ILIKE $2)"],
    ));
  it('say how rows are ordered', () =>
    check(
      'export const f = () => prisma.user.findMany({ orderBy: { age: { sort: Prisma.SortOrder.desc, nulls: Prisma.NullsOrder.last } } });',
      ['User WHERE 1=1 ORDER BY User.ageDESC NULLS LAST'],
    ));
  it('that only the run knows may be any of two', () =>
    check(
      'export const f = (nulls: Prisma.NullsOrder) => prisma.user.findMany({ orderBy: { age: { sort: "desc", nulls } } });',
      [
        'User WHERE 1=1 ORDER BY User.ageDESC NULLS FIRST',
        'orderBy.age.nulls last | User WHERE 1=1 ORDER BY User.ageDESC NULLS LAST',
      ],
    ));
});

describe('conditions that are connected', () => {
  it('are left out where nothing of them is known', () =>
    check(
      `declare function either(name: string): Prisma.UserWhereInput[];
export const f = (name: string, key: string) => prisma.user.findMany({ where: { id: 1, OR: either(name), NOT: [{ [key]: name }] } });`,
      ['User WHERE User.id = $1'],
      { lost: ['where.NOT[0].…', 'where.OR'] },
    ));
  it('are not there where a function gives none', () =>
    check(
      `const either = (name: string) => { if (!name) return []; return [{ name }, { age: 3 }]; };
export const f = (name: string) => prisma.user.findMany({ where: { id: 1, OR: either(name) } });`,
      [
        'User WHERE (User.id = $1 AND (User.name = $2 OR User.age = $3))',
        'where.OR empty | User WHERE (User.id = $1 AND 1=0)',
      ],
    ));
});

test('keys of several fields go by the name they were given', async () => {
  const named = SCHEMA.replace('@@unique([userId, text])', '@@unique([userId, text], name: "said")');
  const answer = await sqlOf(
    'export const f = (userId: number) => prisma.note.findUnique({ where: { said: { userId, text: "a" } } });',
    { 'prisma/schema.prisma': named },
  );
  assert.equal(answer.kind, 'compiled');
});

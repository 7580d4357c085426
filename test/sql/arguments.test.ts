import { describe, it } from 'node:test';
import { check } from './support/checkSite.ts';

function ids(count: number): string {
  return Array.from({ length: count }, (_, index) => `User.id = $${index + 1}`).join(' OR ');
}

const ALL = 'User WHERE 1=1';

describe('a condition that is asked in several places', () => {
  it('is decided once', () =>
    check(
      `export const f = (last: number | undefined) => prisma.user.findMany({
  take: 5, skip: last ? 1 : 0, cursor: last ? { id: last } : undefined, where: !last ? { name: 'a' } : {},
  orderBy: { id: 'asc' },
});`,
      [
        'User WHERE User.id >= (SELECT User.id FROM User WHERE (User.id) = ($1)) ORDER BY User.id ASC LIMIT $2',
        'skip 0, without cursor.id, with where.name | User WHERE User.name = $1 ORDER BY User.id ASC LIMIT $2',
      ],
    ));
  it('gives one side or the other, never both', () =>
    check('export const f = (on: boolean) => prisma.user.findMany({ where: on ? { name: "a" } : { age: 3 } });', [
      'User WHERE User.name = $1',
      'with where.age | User WHERE User.age = $1',
    ]));
});

describe('a value that may be missing', () => {
  it('is told apart by the type of a parameter', () =>
    check(
      `interface Filter { name?: string; age: number | null; id: number }
export const f = ({ name, age, id }: Filter, limit?: number, skip = 3) =>
  prisma.user.findMany({ where: { name, age, id }, take: limit, skip, orderBy: { id: 'asc' } });`,
      [
        'User WHERE (User.name = $1 AND User.age = $2 AND User.id = $3) ORDER BY User.id ASC LIMIT $4',
        'without where.name | User WHERE (User.age = $1 AND User.id = $2) ORDER BY User.id ASC LIMIT $3',
        'where.age null | User WHERE (User.name = $1 AND User.age IS NULL AND User.id = $2) ORDER BY User.id ASC LIMIT $3',
        'without take | User WHERE (User.name = $1 AND User.age = $2 AND User.id = $3) ORDER BY User.id ASC',
      ],
    ));
  it('may be a list without elements', () =>
    check('export const f = (ids: number[]) => prisma.user.findMany({ where: { id: { in: ids } } });', [
      'User WHERE User.id IN ($1)',
      'where.id.in empty | User WHERE 1=0',
    ]));
  it('may be a list with other lists in it', () =>
    check(
      'export const f = (ids: Set<number>) => prisma.user.findMany({ where: { OR: [{ id: { in: [...ids] } }, { age: { in: [1, ...ids] } }] } });',
      [
        'User WHERE (User.id IN ($1) OR User.age IN ($2))',
        'where.OR[0].id.in empty | User WHERE (1=0 OR User.age IN ($1))',
      ],
    ));
  it('may be a list that is filled', () =>
    check(
      `export const f = (given: { id: number }[]) => {
  const ids: number[] = [];
  for (const each of given) ids.push(each.id);
  return prisma.user.findMany({ where: { id: { in: ids } } });
};`,
      ['User WHERE User.id IN ($1)', 'without where.id.in[0] | User WHERE 1=0'],
    ));
  it('is there in the usual way where a variable may have none', () =>
    check(
      `export const f = (given: { name: string; age: number; plain: boolean }) => {
  let { name, age }: { name: string | null; age: number | null } = given;
  if (given.plain) { name = null; age = null; }
  return prisma.user.findMany({ where: { name, age } });
};`,
      [
        'User WHERE (User.name = $1 AND User.age = $2)',
        'where.age null | User WHERE (User.name = $1 AND User.age IS NULL)',
      ],
    ));
  it('is assigned later', () =>
    check(
      `export const f = (name?: string, from?: number) => {
  const where: Prisma.UserWhereInput = { id: 1 };
  if (name) where.name = name;
  where.age = {};
  if (from) where.age.gte = from;
  return prisma.user.findMany({ where });
};`,
      [
        'User WHERE (User.id = $1 AND User.name = $2 AND User.age >= $3)',
        'without where.name | User WHERE (User.id = $1 AND User.age >= $2)',
        'without where.age.gte | User WHERE (User.id = $1 AND User.name = $2)',
      ],
    ));
  it('is pushed into a list', () =>
    check(
      `export const f = (name?: string) => {
  const AND: Prisma.UserWhereInput[] = [{ id: 1 }];
  if (name) AND.push({ name });
  return prisma.user.findMany({ where: { AND } });
};`,
      ['User WHERE (User.id = $1 AND User.name = $2)', 'without where.AND[1].name | User WHERE User.id = $1'],
    ));
  it('has more ways than are told', () =>
    check(
      `export const f = (o: { a?: number; b?: number; c?: number; d?: number; e?: number; f?: number; g?: number; h?: number; i?: number }) =>
  prisma.user.findMany({ where: { OR: [{ id: o.a }, { id: o.b }, { id: o.c }, { id: o.d }, { id: o.e }, { id: o.f }, { id: o.g }, { id: o.h }, { id: o.i }] } });`,
      [`User WHERE (${ids(9)})`, `without where.OR[0].id | User WHERE (${ids(8)})`],
      { furtherWays: 2 },
    ));
});

describe('arguments from elsewhere', () => {
  it('come from the callers of a function', () =>
    check(
      `export class Users {
  list(params: { where?: Prisma.UserWhereInput; take?: number }) {
    const { where, take } = params;
    return prisma.user.findMany({ where, take, orderBy: { id: 'asc' } });
  }
}
// @file: src/b.ts
import { Users } from './a';
const users = new Users();
export const one = () => users.list({ where: { name: 'a' }, take: 3 });
export const two = () => users.list({ where: { age: 3 } });`,
      [
        'User WHERE User.name = $1 ORDER BY User.id ASC LIMIT $2',
        'as called in src/b.ts:6 | User WHERE User.age = $1 ORDER BY User.id ASC',
      ],
    ));
  it('come from functions that give them', () =>
    check(
      `const withName = (name: string) => ({ where: { name }, take: 5 }) satisfies Prisma.UserFindManyArgs;
const byId = Prisma.validator<Prisma.UserOrderByWithRelationInput>()({ id: 'desc' });
export const f = () => prisma.user.findMany({ ...withName('a'), orderBy: byId });`,
      ['User WHERE User.name = $1 ORDER BY User.id DESC LIMIT $2'],
    ));
  it('a function that gives them has the arguments of its own call', () =>
    check(
      `const mine = ({ id, name }: { id: number | undefined; name: string }) => ({ id, name });
export const f = (name: string) => prisma.user.findMany({ where: { ...mine({ id: undefined, name }), age: 3 } });
export const g = (id: number) => mine({ id, name: 'a' });`,
      ['User WHERE (User.name = $1 AND User.age = $2)'],
    ));
  it('names of Prisma stand for their texts', () =>
    check(
      `prisma.user.findMany({
  where: { name: { equals: 'a', mode: Prisma.QueryMode.insensitive } }, orderBy: { name: Prisma.SortOrder.desc },
});`,
      ['User WHERE User.name ILIKE $1 ORDER BY User.name DESC'],
    ));
  it('a function that calls itself has an end', () =>
    check(
      `const deep = (n: number): object => (n === 0 ? {} : { notes: { include: { user: { include: deep(n - 1) } } } });
export const f = (where: object) => prisma.user.findMany({ where: { ...where, id: 1 } });
export const g = (where: object): unknown => f({ ...where, AND: g(where) });`,
      ['User WHERE User.id = $1'],
      { lost: ['where.AND', 'where.…'] },
    ));
});

describe('an order', () => {
  it('is told in both directions where only the run knows', () =>
    check('export const f = (sort: "asc" | "desc") => prisma.user.findMany({ orderBy: { name: sort } });', [
      `${ALL} ORDER BY User.name ASC`,
      `orderBy.name desc | ${ALL} ORDER BY User.name DESC`,
    ]));
  it('by a field only the run knows is left out and said', () =>
    check('export const f = (by: string) => prisma.user.findMany({ orderBy: { [by]: "asc" } });', [ALL], {
      lost: ['orderBy.…'],
    }));
});

describe('a list of conditions', () => {
  it('leaves out what is not known', () =>
    check(
      'export const f = (c: Prisma.UserWhereInput) => prisma.user.findMany({ where: { OR: [{ id: 1 }, c] } });',
      ['User WHERE User.id = $1'],
      { lost: ['where.OR[1]'] },
    ));
});

describe('a required part that could not be followed', () => {
  it('of a lookup is its key', () =>
    check(
      'export const f = (where: Prisma.UserWhereUniqueInput) => prisma.user.findUnique({ where });',
      ['User WHERE (User.id = $1 AND 1=1) LIMIT $2'],
      { lost: ['where'], assumed: ['where by id'] },
    ));
  it('of an insertion are the fields that are required', () =>
    check(
      'export const f = (data: Prisma.NoteCreateInput) => prisma.note.create({ data, select: { id: true } });',
      ['INSERT INTO Note (id,text,userId) VALUES ($1,$2,$3) RETURNING Note.id'],
      { lost: ['data'], assumed: ['data with the fields that are required'] },
    ));
  it('of an update is a field that stands for what is written', () =>
    check(
      'export const f = (data: Prisma.UserUpdateInput) => prisma.user.update({ where: { id: 1 }, data, select: { id: true } });',
      ['UPDATE User SET name = $1 WHERE (User.id = $2 AND 1=1) RETURNING User.id'],
      { lost: ['data'], assumed: ['data.name for the fields that are written'] },
    ));
});

describe('a chain of calls', () => {
  it('is one call that selects the relation', () =>
    check(
      'export const f = (id: number) => prisma.user.findUnique({ where: { id } }).notes({ where: { text: "a" } });',
      ['User WHERE (User.id = $1 AND 1=1) LIMIT $2 | Note WHERE (Note.text = $1 AND Note.userId = $2)'],
    ));
});

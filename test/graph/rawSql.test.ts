import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rawSql } from '#graph/rawSql/rawSql.ts';
import { placeInText, type SqlPart } from '#graph/rawSql/sqlPart.ts';
import { graphOf } from './support/project.ts';

const HEAD = `import { Prisma } from '@prisma/client';
import { prisma } from './db';
`;

function readOf(code: string) {
  const graph = graphOf(`
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: a.ts
${HEAD}${code}`);
  const site = graph.sites.find(({ file }) => file === 'a.ts');
  assert.ok(site, 'no query was found');
  return rawSql(graph, site);
}

/** Each text on a line, after what differs: parameters as `?`, lists as `?*`, what is not known as `«name»`, `‹name›` for SQL objects. */
function check(code: string, expected: readonly string[] | null): void {
  const read = readOf(code);
  const lines = read?.variants.map(({ differs, parts }) => [...differs, parts.map(shown).join('')].join(' | '));
  assert.deepEqual(lines ?? null, expected);
}

function shown(part: SqlPart): string {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'parameter') return part.list ? '?*' : '?';
  const name = `${part.name}${part.number ? '#' : ''}`;
  return part.as === 'text' ? `«${name}»` : `‹${name}›`;
}

describe('a raw query with a tag', () => {
  it('has parameters where values stand', () =>
    check(`export const f = (id: number) => prisma.$queryRaw\`SELECT * FROM "User" WHERE id = \${id} LIMIT 1\`;`, [
      'SELECT * FROM "User" WHERE id = ? LIMIT 1',
    ]));
  it('has the text of fragments, constants and nested ones', () =>
    check(
      `const active = Prisma.sql\`active = \${true}\`;
export const f = (ids: number[]) => prisma.$queryRaw(Prisma.sql\`SELECT 1 WHERE \${active} AND id IN (\${Prisma.join(ids)}) ORDER BY \${Prisma.raw('"id" DESC')}\${Prisma.empty}\`);`,
      ['SELECT 1 WHERE active = ? AND id IN (?*) ORDER BY "id" DESC'],
    ));
  it('reads differently where a fragment is one of several', () =>
    check(
      `export const f = (team?: string) => prisma.$queryRaw\`SELECT 1 WHERE a = 1 \${team ? Prisma.sql\`AND team = \${team}\` : Prisma.empty}\`;`,
      ['SELECT 1 WHERE a = 1 AND team = ?', 'without AND team = ? | SELECT 1 WHERE a = 1 '],
    ));
  it('reads through functions that give fragments', () =>
    check(
      `const inTeam = (team: string) => Prisma.sql\`team = \${team}\`;
export const f = (team: string) => prisma.$executeRaw\`DELETE FROM a WHERE \${inTeam(team)}\`;`,
      ['DELETE FROM a WHERE team = ?'],
    ));
  it('joins lists of fragments, made by hand and by map', () => {
    check(
      `export const f = (rows: { a: number; b: number }[]) =>
  prisma.$executeRaw\`INSERT INTO x VALUES \${Prisma.join(rows.map((r) => Prisma.sql\`(\${r.a}, \${r.b})\`))}\`;`,
      ['INSERT INTO x VALUES (?, ?)'],
    );
    check(
      `export const f = (name?: string) => {
  const where = [Prisma.sql\`a = 1\`];
  if (name) where.push(Prisma.sql\`name = \${name}\`);
  return prisma.$queryRaw\`SELECT 1 WHERE \${Prisma.join(where, ' AND ')}\`;
};`,
      ['SELECT 1 WHERE a = 1 AND name = ?', 'without name = ? | SELECT 1 WHERE a = 1'],
    );
  });
  it('is built up by assignments', () =>
    check(
      `export const f = (name?: string, desc?: boolean) => {
  let where = Prisma.sql\`a = 1\`;
  if (name) where = Prisma.sql\`\${where} AND name = \${name}\`;
  let order = Prisma.sql\`id\`;
  if (desc) order = Prisma.sql\`id DESC\`;
  return prisma.$queryRaw\`SELECT 1 WHERE \${where} ORDER BY \${order}\`;
};`,
      [
        'SELECT 1 WHERE a = 1 AND name = ? ORDER BY id DESC',
        'without AND name = ? | SELECT 1 WHERE a = 1 ORDER BY id DESC',
        'without DESC | SELECT 1 WHERE a = 1 AND name = ? ORDER BY id',
      ],
    ));
  it('tells unknown fragments from unknown text', () => {
    check(`export const f = (where: Prisma.Sql) => prisma.$queryRaw\`SELECT 1 WHERE \${where}\`;`, [
      'SELECT 1 WHERE ‹where›',
    ]);
    check(`export const f = (column: string) => prisma.$queryRaw\`SELECT \${Prisma.raw(column)}\`;`, [
      'SELECT «column»',
    ]);
  });
});

it('what stands where no value can is a fragment', () => {
  check(
    `export const f = (o: { table: object; where: object; id: number }) => prisma.$queryRaw\`SELECT 1 FROM \${o.table} WHERE \${o.where} LIMIT 1\`;`,
    ['SELECT 1 FROM ‹table› WHERE ‹where› LIMIT 1'],
  );
  check(`export const f = (o: { id: number }) => prisma.$queryRaw\`SELECT 1 WHERE \${o.id} = 1\`;`, [
    'SELECT 1 WHERE ? = 1',
  ]);
});

describe('a raw query in a string', () => {
  it('is read from templates, sums and constants', () =>
    check(
      `const TABLE = 'users';
export const f = (id: string, column: string) =>
  prisma.$queryRawUnsafe(\`SELECT \${column} FROM \${TABLE}\` + ' WHERE id = $1', id);`,
      ['SELECT «column» FROM users WHERE id = $1'],
    ));
  it('is read from what it is built up by', () =>
    check(
      `export const f = (name?: string) => {
  let sql = 'SELECT 1';
  if (name) sql += ' WHERE name = $1';
  sql += ' LIMIT 5';
  return prisma.$queryRawUnsafe(sql, name);
};`,
      ['SELECT 1 WHERE name = $1 LIMIT 5', 'without WHERE name = $1 | SELECT 1 LIMIT 5'],
    ));
  it('has one text for each value a table of texts holds', () =>
    check(
      `const COLUMNS = { new: 'created', top: 'votes' };
export const f = (sort: 'new' | 'top') => prisma.$queryRawUnsafe(\`SELECT 1 ORDER BY \${COLUMNS[sort]}\`);`,
      ['SELECT 1 ORDER BY created', 'with votes | SELECT 1 ORDER BY votes'],
    ));
  it('is read from what callers hand in', () =>
    check(
      `const run = (sql: string) => prisma.$queryRawUnsafe(sql);
export const a = () => run('SELECT 1');
export const b = () => run('SELECT 2');`,
      ['SELECT 1', 'with SELECT 2 | SELECT 2'],
    ));
  it('says what can only be a number', () =>
    check(`export const f = (page: number) => prisma.$queryRawUnsafe(\`SELECT 1 OFFSET \${page * 10}\`);`, [
      'SELECT 1 OFFSET «#»',
    ]));
  it('joins clauses', () =>
    check(
      `export const f = (a?: string) => {
  const clauses: string[] = ['x = 1'];
  if (a) clauses.push('a = $1');
  return prisma.$queryRawUnsafe(\`SELECT 1 WHERE \${clauses.join(' AND ')}\`, a);
};`,
      ['SELECT 1 WHERE x = 1 AND a = $1', 'without a = $1 | SELECT 1 WHERE x = 1'],
    ));
  it('keeps the values handed in beside it', () => {
    const read = readOf("export const f = (a: string) => prisma.$queryRawUnsafe('SELECT $1, $2', a, 2);");
    assert.equal(read?.bound.length, 2);
  });
});

it('long texts come whole', () => {
  const columns = Array.from({ length: 60 }, (_, index) => `column_${index}`).join(', ');
  check(`class A { private sql = \`SELECT ${columns}\`; run() { return prisma.$queryRawUnsafe(this.sql); } }`, [
    `SELECT ${columns}`,
  ]);
  check(`const sql = () => \`SELECT ${columns}\`;\nexport const f = () => prisma.$queryRawUnsafe(sql());`, [
    `SELECT ${columns}`,
  ]);
});

it('a place in a text is a place in the file', () => {
  const code = `export const f = (id: number) => prisma.$queryRaw\`SELECT 1 WHERE id = \${id} AND name LIKE 1\`;`;
  const part = readOf(code)?.variants[0]?.parts.at(-1);
  assert.equal(part?.kind, 'text');
  if (part?.kind !== 'text') return;
  const at = part.text.indexOf('LIKE');
  const { span } = placeInText(part, at, at + 4);
  assert.equal(`${HEAD}${code}`.slice(span.start, span.end), 'LIKE');
});

it('other calls have no text', () => {
  check('prisma.user.findMany();', null);
  check("import { users } from './generated/sql';\nprisma.$queryRawTyped(users());", null);
});

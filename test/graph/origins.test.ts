import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Origin, originsOf } from '#graph/inputs/origins.ts';
import { graphOf } from './support/project.ts';

/** Where the `take` of the last query of `a.ts` comes from: part of the request and name, `*` where a schema or class lets it in. */
function check(what: string, code: string, expected: readonly string[]): void {
  it(what, () => {
    const graph = graphOf(`
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: a.ts
import { z } from 'zod';
import { prisma } from './db';
${code}`);
    const site = graph.sites.findLast(({ file }) => file === 'a.ts');
    assert.ok(site?.args);
    assert.deepEqual(originsOf(graph, { file: 'a.ts', value: site.args }, ['take']).map(lineOf), expected);
  });
}

function lineOf({ part, name, declared }: Origin): string {
  return `${part} ${name}${declared ? '*' : ''}`;
}

const express = (statements: string, take = 'take') => `
import express from 'express';
const app = express();
app.get('/x', async (req, res) => {
  ${statements}
  res.json(await prisma.order.findMany({ take: ${take} }));
});`;

describe('a number of the request', () => {
  check('through a conversion', express('const take = parseInt(req.query.limit, 10);'), ['query string limit']);
  check('with a default', express('const { take = 20 } = req.body;'), ['body take']);
  check('counted on', express('', 'Number(req.query.limit) + 1'), ['query string limit']);
  check('set later', express('let take = 10;\n  if (req.query.n) take = Number(req.query.n);'), ['query string n']);
  check('of a choice', express('const take = req.query.all ? Number(req.query.size) : 10;'), ['query string size']);
  check(
    'of URLSearchParams',
    "export async function GET(request: Request) {\n  const { searchParams } = new URL(request.url);\n  return prisma.order.findMany({ take: Number(searchParams.get('size')) });\n}",
    ['query string size'],
  );
  check(
    'of a server action',
    "export async function list(take: number) {\n  'use server';\n  return prisma.order.findMany({ take });\n}",
    ['arguments take'],
  );
});

describe('cut on the way', () => {
  check('by Math.min', express('', 'Math.min(Number(req.query.limit), 50)'), []);
  check(
    'by a test that answers early',
    express('const take = Number(req.query.limit);\n  if (take > 50) return res.end();'),
    [],
  );
  check(
    'not by a test for more than nothing',
    express('const take = Number(req.query.limit);\n  if (take > 0) res.end();'),
    ['query string limit'],
  );
  check(
    'by a test of what is made of it',
    express(
      'const { take } = req.query;\n  const n = take ? parseInt(take) : 10;\n  if (n > 50) throw new Error();',
      'parseInt(take)',
    ),
    [],
  );
  check('by a choice', express('const n = Number(req.query.limit);', 'n > 50 ? 50 : n'), []);
  check('by a list', express('const n = Number(req.query.limit);', '[10, 20].includes(n) ? n : 10'), []);
});

describe('a schema', () => {
  const parsed = (schema: string) => express(`const { take } = ${schema}.parse(req.query);`);
  check('without a maximum', parsed('z.object({ take: z.coerce.number().min(1) })'), ['query string take*']);
  check('with one', parsed('z.object({ take: z.coerce.number().max(50).optional() })'), []);
  check('with one out of all proportion', parsed('z.object({ take: z.number().max(2147483647) })'), [
    'query string take*',
  ]);
  check('of few values', parsed("z.object({ take: z.enum(['10', '20']).transform(Number) })"), []);
  check('that cuts', parsed('z.object({ take: z.string().transform((v) => Math.min(Number(v), 50)) })'), []);
  check('spread', parsed('z.object({ ...z.object({ take: z.number() }).shape, q: z.string() })'), [
    'query string take*',
  ]);
  check('overridden', parsed('z.object({ take: z.number() }).extend({ take: z.number().lte(50) })'), []);
  check('of one of two', parsed('z.object({ take: z.union([z.literal(10), z.number()]) })'), ['query string take*']);
  check('nobody knows', express('const { take } = schemaOf(req).parse(req.query);'), []);
});

describe('a caller', () => {
  const helper = 'const list = (take: number) => prisma.order.findMany({ take });\n';
  check(
    'that hands over a part of the request',
    `import express from 'express';\nexpress().get('/x', (req) => list(Number(req.query.n)));\n${helper}`,
    ['query string n'],
  );
  check('that hands over a constant', `export const latest = () => list(20);\n${helper}`, []);
  check(
    'of the helper that reads it',
    `${express('const { take } = sizes({ size: 10 });')}\nfunction sizes(q: { size: number }) {\n  return { take: q.size };\n}`,
    [],
  );
});

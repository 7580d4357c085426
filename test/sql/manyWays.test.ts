import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { objectKeys } from '#graph/objectKeys.ts';
import { analyse } from '#test/support/analyse.ts';
import { SCHEMA, sqlOf } from './support/checkSite.ts';

const FUNCTIONS = Array.from({ length: 10 }, (_, index) => index);

/** Functions of which each gives what any of them gives: more ways than anybody can go. */
function knot(name: string, wrapped: (inner: string, own: number) => string, last: string): string {
  const returns = (own: number) =>
    FUNCTIONS.map((other) => `  if (way === ${other}) return ${wrapped(`${name}${other}(way)`, own)};`).join('\n');
  return FUNCTIONS.map((own) => `function ${name}${own}(way: number) {\n${returns(own)}\n  return ${last};\n}\n`).join(
    '',
  );
}

const PARTS = knot('part', (inner, own) => `{ ...${inner}, name: 'a', key${own}: 1 }`, '{ age: 2 }');
const TEXTS = knot('text', (inner) => inner, "'a'");

describe('functions that call each other in very many ways', () => {
  it('have keys beyond those that were found', async () => {
    const code = `${PARTS}\nexport const ask = (way: number) => prisma.user.findMany(part0(way));`;
    const { graph } = await analyse({ 'prisma/schema.prisma': SCHEMA, 'src/a.ts': code }, []);
    const value = graph.sites[0]?.args;
    assert.ok(value);
    assert.equal(objectKeys(graph, { file: 'src/a.ts', value }).open, true);
  });
  for (const [where, condition] of [
    ['{ id: 1, AND: part0(way) }', '(id = $1 AND name = $2)'],
    ['{ name: text0(way) }', 'name = $1'],
  ] as const)
    it(`are followed as far as need be: ${where}`, async () => {
      const code = `${PARTS}${TEXTS}\nexport const ask = (way: number) => prisma.user.findMany({ where: ${where} });`;
      const answer = await sqlOf(code);
      const sql = 'variants' in answer ? answer.variants[0]?.statements[0]?.sql : JSON.stringify(answer);
      assert.equal(sql?.replaceAll(/"public"."User".|"/g, '').match(/WHERE (.*) OFFSET/)?.[1], condition);
    });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviseIndex } from '#schema/adviseIndex.ts';
import { foreignKeyServed, pinsUniqueKey, type QueryShape, servesLookup, servesQuery } from '#schema/indexCoverage.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { describeIndex } from './describeSchema.ts';

type Provider = NonNullable<SchemaModel['provider']>;

function load(body: string, provider: Provider = 'postgresql', settings = ''): { schema: SchemaModel; order: Model } {
  const text = `datasource db {\n  provider = "${provider}"\n${settings}}\nmodel Order {\n  id Int @id
  tenant Int\n  status String\n  amount Int\n  created DateTime\n  email String @unique\n  code String?\n  gone DateTime?\n  open Boolean\n${body}\n}
model Shop {\n  id Int @id\n  orders Order[]\n}\n`;
  const relation = body.includes('shopId') ? text : text.replace('  orders Order[]\n', '');
  const { schemas, problems } = loadSchemas(memoryWorkspace({ 'schema.prisma': relation }));
  assert.deepEqual(problems, []);
  const schema = schemas[0];
  const order = schema?.models.get('Order');
  assert.ok(schema && order);
  return { schema, order };
}

/** `tenant=1 status= amount> created- take`: equality (with a value where one is known), range, sort and limit. */
function shapeOf(text: string): QueryShape {
  const words = text.split(' ').filter((word) => word !== '');
  const constants: Record<string, string | number | boolean | null> = {};
  for (const word of words) {
    const [, field = '', value] = /^(\w+)=(\w+)$/.exec(word) ?? [];
    if (value !== undefined)
      constants[field] = JSON.parse(
        /^[a-z]{2,}$/.test(value) && !/^(null|true|false)$/.test(value) ? `"${value}"` : value,
      );
  }
  return {
    equality: words.flatMap((word) => /^(\w+)=/.exec(word)?.[1] ?? []),
    range: words.flatMap((word) => /^(\w+)>$/.exec(word)?.[1] ?? []),
    sort: words.flatMap((word) => {
      const field = /^(\w+)[+-]$/.exec(word)?.[1];
      return field === undefined
        ? []
        : [{ field, direction: word.endsWith('-') ? ('desc' as const) : ('asc' as const) }];
    }),
    take: words.includes('take'),
    constants,
  };
}

interface Case {
  readonly query: string;
  readonly indexes?: string;
  readonly provider?: Provider;
  /** Level and, where one serves, the index. */
  readonly expect: string;
}

const cases: readonly Case[] = [
  { query: 'tenant=', expect: 'none' },
  { query: 'id=', expect: 'full id id' },
  { query: 'email= status= created- take', expect: 'full unique email' },
  { query: 'tenant=', indexes: '[tenant, status]', expect: 'full index tenant status' },
  { query: 'status=', indexes: '[tenant, status]', expect: 'none' },
  { query: 'status= tenant=', indexes: '[tenant, status]', expect: 'full index tenant status' },
  { query: 'tenant= status= amount=', indexes: '[tenant, status]', expect: 'prefix index tenant status' },
  {
    query: 'tenant= status= amount=',
    indexes: '[tenant]; [tenant, status, amount]',
    expect: 'full index tenant status amount',
  },
  { query: 'tenant= created- take', indexes: '[tenant]', expect: 'prefix index tenant' },
  { query: 'tenant= created-', indexes: '[tenant]', expect: 'full index tenant' },
  { query: 'tenant= created- take', indexes: '[created]', expect: 'none' },
  { query: 'tenant= created- take', indexes: '[created, tenant]', expect: 'none' },
  { query: 'tenant= created- take', indexes: '[tenant, created]', expect: 'full index tenant created' },
  { query: 'tenant= created- id- take', indexes: '[tenant, created, id]', expect: 'full index tenant created id' },
  { query: 'tenant= created- id+ take', indexes: '[tenant, created, id]', expect: 'prefix index tenant created id' },
  {
    query: 'tenant= created- id+ take',
    indexes: '[tenant, created, id(sort: Desc)]',
    expect: 'full index tenant created id-',
  },
  { query: 'tenant= tenant+ created- take', indexes: '[tenant, created]', expect: 'full index tenant created' },
  {
    query: 'tenant= amount> created- take',
    indexes: '[tenant, created, amount]',
    expect: 'full index tenant created amount',
  },
  { query: 'tenant= amount>', indexes: '[tenant]', expect: 'prefix index tenant' },
  { query: 'tenant= amount>', indexes: '[tenant, amount]', expect: 'full index tenant amount' },
  { query: 'amount>', indexes: '[amount]', expect: 'full index amount' },
  { query: 'amount>', indexes: '[tenant, amount]', expect: 'none' },
  { query: 'amount> created+ take', indexes: '[amount]', expect: 'prefix index amount' },
  { query: 'created> created- take', indexes: '[created]', expect: 'full index created' },
  { query: 'created- take', expect: 'none' },
  { query: 'created- take', indexes: '[created]', expect: 'full index created' },
  { query: 'created-', expect: 'full' },
  { query: '', expect: 'full' },
  { query: 'status=', indexes: '[status], type: Hash', expect: 'full index hash status' },
  { query: 'status>', indexes: '[status], type: Hash', expect: 'none' },
  { query: 'status= created- take', indexes: '[status], type: Hash', expect: 'prefix index hash status' },
  { query: 'created>', indexes: '[created], type: Brin', expect: 'prefix index brin created' },
  { query: 'created=', indexes: '[created], type: Brin', expect: 'none' },
  { query: 'status=', indexes: '[status(ops: raw("gin_trgm_ops"))], type: Gin', expect: 'none' },
  { query: 'tenant=', indexes: '[tenant], where: raw("gone IS NULL")', expect: 'none' },
  {
    query: 'tenant= gone=null',
    indexes: '[tenant], where: raw("gone IS NULL")',
    expect: 'full index tenant where gone IS NULL',
  },
  {
    query: 'tenant= gone=null',
    indexes: '[tenant, gone], where: { gone: null }',
    expect: 'full index tenant gone where "gone" IS NULL',
  },
  {
    query: 'code=',
    indexes: '[code], where: raw("(code IS NOT NULL)")',
    expect: 'full index code where (code IS NOT NULL)',
  },
  {
    query: 'status=paid created- take',
    indexes: `[created], where: raw("status = 'paid'")`,
    expect: `full index created where status = 'paid'`,
  },
  { query: 'status=sent created- take', indexes: `[created], where: raw("status = 'paid'")`, expect: 'none' },
  { query: 'code=null', indexes: '[code], where: raw("code IS NOT NULL")', expect: 'none' },
  { query: 'open=true', indexes: '[open], where: raw("open AND gone IS NULL")', expect: 'none' },
  { query: 'open=true', indexes: '[open], where: raw("open")', expect: 'full index open where open' },
  { query: 'open=false', indexes: '[open], where: raw("open = true")', expect: 'none' },
  {
    query: 'status=paid',
    indexes: `[status], where: raw("status IN ('paid', 'sent')")`,
    expect: `full index status where status IN ('paid', 'sent')`,
  },
  {
    query: 'status=paid',
    indexes: `[status], where: raw("status <> 'lost'::text")`,
    expect: `full index status where status <> 'lost'::text`,
  },
  { query: 'status=lost', indexes: `[status], where: raw("status <> 'lost'")`, expect: 'none' },
  { query: 'status=paid', indexes: `[status], where: raw("status = 'paid' OR gone IS NULL")`, expect: 'none' },
  { query: 'tenant= id- take', indexes: '[tenant]', expect: 'prefix index tenant' },
  { query: 'tenant= id- take', indexes: '[tenant]', provider: 'mysql', expect: 'full index tenant' },
  { query: 'tenant= id- take', indexes: '[tenant]', provider: 'sqlite', expect: 'full index tenant' },
];

for (const { query, indexes = '', provider = 'postgresql', expect } of cases) {
  test(`${query === '' ? 'everything' : query} with ${indexes || 'no index'} on ${provider}: ${expect}`, () => {
    const lines = indexes
      .split('; ')
      .filter((index) => index !== '')
      .map((index) => `  @@index(${index})`);
    const { order } = load(lines.join('\n'), provider);
    const { level, index } = servesQuery(order, shapeOf(query), provider);
    assert.equal(index === null ? level : `${level} ${describeIndex(index)}`, expect);
  });
}

test('a lookup asks for one leading field or for all of them', () => {
  const { order } = load('  @@index([tenant])');
  assert.equal(servesLookup(order, 'postgresql', ['status', 'tenant'])?.fields[0]?.name, 'tenant');
  assert.equal(servesLookup(order, 'postgresql', ['status', 'tenant'], { all: true }), null);
  assert.equal(servesLookup(order, 'postgresql', ['status']), null);
  assert.equal(servesLookup(order, 'postgresql', []), null);
});

test('a unique key is pinned when all its fields are, and not by null', () => {
  const { order } = load('  @@unique([tenant, code])');
  assert.equal(pinsUniqueKey(order, ['email', 'status']), true);
  assert.equal(pinsUniqueKey(order, ['code', 'tenant']), true);
  assert.equal(pinsUniqueKey(order, ['tenant']), false);
  assert.equal(pinsUniqueKey(order, ['code', 'tenant'], { code: null }), false);
});

test('a partial unique key is pinned only where its predicate holds', () => {
  const { order } = load('  @@unique([tenant], where: raw("gone IS NULL"))');
  assert.equal(pinsUniqueKey(order, ['tenant']), false);
  assert.equal(pinsUniqueKey(order, ['tenant', 'gone'], { gone: null }), true);
});

const SHOP = '  shopId Int\n  shop Shop @relation(fields: [shopId], references: [id])\n';
const keys: readonly { body: string; provider: Provider; settings?: string; served: boolean }[] = [
  { body: SHOP, provider: 'postgresql', served: false },
  { body: SHOP, provider: 'sqlite', served: false },
  { body: SHOP, provider: 'sqlserver', served: false },
  { body: SHOP, provider: 'cockroachdb', served: false },
  { body: SHOP, provider: 'mysql', served: true },
  { body: SHOP, provider: 'mysql', settings: '  relationMode = "prisma"\n', served: false },
  { body: `${SHOP}  @@index([shopId, created])`, provider: 'postgresql', served: true },
  { body: `${SHOP}  @@index([created, shopId])`, provider: 'postgresql', served: false },
  { body: `${SHOP}  @@unique([shopId, code])`, provider: 'sqlite', served: true },
  { body: `${SHOP}  @@index([shopId], where: raw("shopId IS NOT NULL"))`, provider: 'postgresql', served: true },
];

for (const { body, provider, settings, served } of keys) {
  const index = body.slice(SHOP.length).trim() || 'no index';
  test(`a foreign key on ${provider}${settings ? ' without foreign keys' : ''} with ${index} is ${served ? '' : 'not '}served`, () => {
    const { schema, order } = load(body, provider, settings);
    const relation = order.fields.get('shop');
    assert.ok(relation?.kind === 'relation');
    assert.equal(foreignKeyServed(order, relation, schema), served);
  });
}

test('the side without the foreign key needs nothing', () => {
  const { schema } = load(SHOP);
  const shop = schema.models.get('Shop');
  const relation = shop?.fields.get('orders');
  assert.ok(shop && relation?.kind === 'relation');
  assert.equal(foreignKeyServed(shop, relation, schema), true);
});

const advice: readonly { query: string; expect: string }[] = [
  { query: 'tenant= status=', expect: 'tenant status' },
  { query: 'tenant= amount> created- take', expect: 'tenant created amount' },
  { query: 'tenant= amount> created-', expect: 'tenant amount' },
  { query: 'tenant= created- id- take', expect: 'tenant created id' },
  { query: 'tenant= created- id+ take', expect: 'tenant created' },
  { query: 'tenant= tenant- created> created- take', expect: 'tenant created' },
  { query: 'amount> created>', expect: 'amount' },
  { query: 'created-', expect: '' },
];

for (const { query, expect } of advice) {
  test(`advises (${expect}) for ${query}`, () => {
    assert.equal(adviseIndex(shapeOf(query)).join(' '), expect);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Location } from '#shared/location.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { describeIndexes } from './describeSchema.ts';

function load(text: string): SchemaModel {
  const { schemas, problems } = loadSchemas(memoryWorkspace({ 'schema.prisma': text }));
  assert.deepEqual(problems, []);
  assert.ok(schemas[0]);
  return schemas[0];
}

const datasource = (provider: string) => `datasource db {\n  provider = "${provider}"\n}\n`;

const SHOP = `${datasource('postgresql')}
enum Status {
  OPEN
  PAID @map("paid")
}

model Customer {
  id     String  @id @default(uuid()) @db.Uuid
  email  String  @unique @db.VarChar(191)
  orders Order[]
  tags   String[]
  bio    String? @map("biography")

  @@map("customers")
}

model Order {
  tenantId   Int
  number     Int
  status     Status   @default(OPEN)
  customerId String   @map("customer_id") @db.Uuid
  customer   Customer @relation("placed", fields: [customerId], references: [id])
  place      Unsupported("point")?

  @@id([tenantId, number])
}
`.replace('orders Order[]', 'orders Order[] @relation("placed")');

test('knows fields as the client and the database know them', () => {
  const schema = load(SHOP);
  const customer = schema.models.get('Customer');
  assert.equal(customer?.table, 'customers');
  const { at: _, ...email } = customer?.fields.get('email') ?? { at: null };
  assert.deepEqual(email, {
    name: 'email',
    kind: 'scalar',
    type: 'String',
    list: false,
    required: true,
    nativeType: 'VarChar',
    nativeLength: 191,
    column: 'email',
    unique: true,
    id: false,
    hasDefault: false,
    updatedAt: false,
  });
  const bio = customer?.fields.get('bio');
  assert.equal(bio?.kind === 'scalar' && bio.column, 'biography');
  assert.equal(bio?.required, false);
  assert.equal(schema.models.get('Order')?.fields.get('status')?.kind, 'enum');
  assert.deepEqual(schema.enums.get('Status')?.values, ['OPEN', 'PAID']);
});

test('knows both sides of a relation', () => {
  const { models } = load(SHOP);
  const orders = models.get('Customer')?.fields.get('orders');
  const customer = models.get('Order')?.fields.get('customer');
  assert.ok(orders?.kind === 'relation' && customer?.kind === 'relation');
  assert.deepEqual([orders.type, orders.list, orders.relationName, orders.foreignKey], ['Order', true, 'placed', []]);
  assert.deepEqual([customer.foreignKey, customer.references], [['customerId'], ['id']]);
});

test('leaves out what the client does not show', () => {
  assert.equal(load(SHOP).models.get('Order')?.fields.has('place'), false);
});

const indexes: readonly { provider: string; model: string; expect: readonly string[] }[] = [
  {
    provider: 'postgresql',
    model: `  id Int @id
  email String @unique
  a Int
  b Int
  name String
  tags String[]
  data Json
  gone DateTime?
  @@unique([a, b])
  @@index([b(sort: Desc), a])
  @@index([name], type: Hash, map: "h")
  @@index([tags], type: Gin)
  @@index([data(ops: JsonbPathOps)], type: Gin)
  @@index([name(ops: raw("gin_trgm_ops"))], type: Gin, map: "t")
  @@index([a], where: raw("gone IS NULL AND name <> 'a, b'"), map: "live")
  @@unique([name], where: { gone: null, a: { not: 3 } })
  @@index(fields: [a, name])`,
    expect: [
      'id id',
      'index a name',
      "index a where gone IS NULL AND name <> 'a, b'",
      'index b- a',
      'index gin data:JsonbPathOps',
      'index gin name:gin_trgm_ops',
      'index gin tags',
      'index hash name',
      'unique a b',
      'unique email',
      'unique name where "gone" IS NULL AND "a" <> 3',
    ],
  },
  {
    provider: 'mysql',
    model: '  a Int\n  b String @db.Text\n  @@id([a])\n  @@fulltext([b])\n  @@index([b(length: 20)], map: "x")',
    expect: ['fulltext b', 'id a', 'index b'],
  },
  {
    provider: 'sqlite',
    model: '  a Int\n  b Int\n  @@id([a, b])\n  @@index([b(sort: Desc)])',
    expect: ['id a b', 'index b-'],
  },
  {
    provider: 'mongodb',
    model: '  id String @id @map("_id") @db.ObjectId\n  a Int\n  @@index([a])',
    expect: ['id id', 'index a'],
  },
  {
    provider: 'sqlserver',
    model: '  id Int @id(clustered: false)\n  a Int\n  @@index([a], clustered: true)',
    expect: ['id id', 'index a'],
  },
];

for (const { provider, model, expect } of indexes) {
  test(`lists the indexes of a ${provider} model`, () => {
    const schema = load(`${datasource(provider)}model Thing {\n${model}\n}\n`);
    assert.deepEqual(describeIndexes(schema, 'Thing').toSorted(), expect);
  });
}

const AWKWARD = `/// Größe { 日本 👩‍💻
model Größe_1 {
  id Int @id /// the key } of
  // total Int
  /* block { of
     several lines } */
  note String @default("a } // b \\" c") // trailing
  total Int

  @@index([total]) // first
  @@index([note, total], map: "n{t")
}
`;

const at = (text: string, place: Location | null | undefined) =>
  place ? text.slice(place.span.start, place.span.end) : null;

const texts: readonly { says: string; text: string }[] = [
  { says: 'as usual', text: datasource('sqlite') + AWKWARD.replaceAll('Größe', 'Size') },
  {
    says: 'with CRLF',
    text: (datasource('sqlite') + AWKWARD.replaceAll('Größe_1', 'Size_1')).replaceAll('\n', '\r\n'),
  },
  { says: 'with a byte order mark', text: `\uFEFF${datasource('sqlite')}${AWKWARD.replaceAll('Größe_1', 'Size_1')}` },
];

for (const { says, text } of texts) {
  test(`points at the right places ${says}`, () => {
    const model = load(text).models.get('Size_1');
    assert.equal(at(text, model?.at), 'model Size_1');
    assert.equal(at(text, model?.fields.get('id')?.at), 'id Int @id');
    assert.equal(at(text, model?.fields.get('note')?.at), 'note String @default("a } // b \\" c")');
    assert.equal(at(text, model?.fields.get('total')?.at), 'total Int');
    assert.deepEqual(
      model?.indexes.map((index) => at(text, index.at)),
      ['id Int @id', '@@index([total])', '@@index([note, total], map: "n{t")'],
    );
  });
}

test('names the file of each model of a folder', () => {
  const files = {
    'prisma/schema/base.prisma': datasource('sqlite'),
    'prisma/schema/user.prisma': 'model User {\n  id Int @id\n}\n',
  };
  const { schemas } = loadSchemas(memoryWorkspace(files));
  const user = schemas[0]?.models.get('User');
  assert.equal(user?.at.file, 'prisma/schema/user.prisma');
  assert.equal(user?.insertAt?.file, 'prisma/schema/user.prisma');
});

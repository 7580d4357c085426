import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { graphOf } from './support/project.ts';

const DB = `
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
export default prisma;
// @file: a.ts
`;

/** Sites as `Model.operation`, in source order, and reasons of what was not understood. */
function check(project: string, sites: readonly string[], reasons: readonly string[] = []): void {
  const graph = graphOf(project);
  const found = graph.sites.map(({ model, operation, transaction, fluent }) =>
    [`${model?.name ?? 'raw'}.${operation}`, ...fluent, ...(transaction ? [transaction] : [])].join(' '),
  );
  assert.deepEqual(found, sites);
  assert.deepEqual(
    graph.unresolved.map(({ reason }) => reason),
    reasons,
  );
}

describe('a call is a query', () => {
  const one = (title: string, code: string, sites: readonly string[]) => it(title, () => check(`${DB}${code}`, sites));

  one('on an imported client', `import { prisma } from './db'; prisma.order.findMany();`, ['Order.findMany']);
  one('on a client of any name', `import orm from './db'; orm.orderItem.count();`, ['OrderItem.count']);
  one('on this.prisma', `class A { constructor(private prisma) {} run() { return this.prisma.order.findMany(); } }`, [
    'Order.findMany',
  ]);
  one(
    'on ctx.db of a procedure',
    `import { t } from './trpc'; t.procedure.query(({ ctx }) => ctx.db.order.findMany({ take: 5 }));`,
    ['Order.findMany'],
  );
  one(
    'on what a function gives',
    `import { prisma } from './db'; const getPrisma = () => prisma; getPrisma().order.findMany();`,
    ['Order.findMany'],
  );
  one(
    'on a destructured delegate',
    `import { prisma } from './db'; const { user, order: orders } = prisma; user.count(); orders.findMany();`,
    ['User.count', 'Order.findMany'],
  );
  one(
    'on an exported delegate',
    `import { prisma } from './db'; const users = prisma.user; export const list = () => users.update({ where: { id: 1 }, data: {} });`,
    ['User.update'],
  );
  one(
    'on a delegate handed to a function',
    `import { prisma } from './db'; const first = (delegate) => delegate.findFirst({ where: {} }); first(prisma.order);`,
    ['Order.findFirst'],
  );
  one(
    'on a delegate kept by a class',
    `import { prisma } from './db';
class Repository { constructor(private readonly delegate) {} all() { return this.delegate.findMany({ where: {} }); } }
export const orders = new Repository(prisma.order);`,
    ['Order.findMany'],
  );
  one(
    'on a delegate typed as one',
    `import type { Prisma } from '@prisma/client'; export const all = (d: Prisma.UserDelegate) => d.findMany();`,
    ['User.findMany'],
  );
  one('on an extended client', `import { prisma } from './db'; const db = prisma.$extends({}); db.order.findMany();`, [
    'Order.findMany',
  ]);
  one(
    'on a client made by a helper',
    `import { PrismaClient } from '@prisma/client'; import { remember } from 'remember'; const p = remember('p', () => new PrismaClient()); p.order.findMany();`,
    ['Order.findMany'],
  );
  one(
    'on a client kept on the global object',
    `import { PrismaClient } from '@prisma/client'; const g = globalThis as any; const p = g.p ?? new PrismaClient(); p.order.update({ where: { id: 1 }, data: {} });`,
    ['Order.update'],
  );
  one(
    'on a client asked of a container',
    `import type { App } from 'framework'; import { PrismaClient } from '@prisma/client'; class PrismaService extends PrismaClient {}
export const start = (app: App) => { const service = app.get(PrismaService); return service.order.update(x()); };`,
    ['Order.update'],
  );
  one(
    'on a client of unknown making, by its model and arguments',
    `const args = { where: { id: 1 }, data: {} } as const; declare const shop: any; shop.order.update(args);`,
    ['Order.update'],
  );
  one(
    'on the entities of a framework',
    `export const f = (args, context) => context.entities.OrderItem.update({ where: { id: 1 }, data: {} });`,
    ['OrderItem.update'],
  );
  one(
    'in an interactive transaction',
    `import { prisma } from './db'; prisma.$transaction(async (t) => { await t.order.create({ data: {} }); });`,
    ['Order.create interactive'],
  );
  one(
    'of a function that takes a transaction',
    `import type { Prisma } from '@prisma/client'; export const add = (t: Prisma.TransactionClient) => t.order.create({ data: {} });`,
    ['Order.create interactive'],
  );
  one(
    'in a list of a transaction',
    `import { prisma } from './db'; const ids = [1]; prisma.$transaction([prisma.order.count(), ...ids.map((id) => prisma.user.delete({ where: { id } }))]);`,
    ['Order.count array', 'User.delete array'],
  );
  one(
    'in raw SQL',
    `import { prisma } from './db'; prisma.$queryRaw\`SELECT 1\`; prisma.$executeRawUnsafe('DELETE');`,
    ['raw.$queryRaw', 'raw.$executeRawUnsafe'],
  );
  one(
    'with a fluent chain',
    `import { prisma } from './db'; prisma.post.findUnique({ where: { id: 1 } }).author().orders();`,
    ['Post.findUnique author orders'],
  );
});

describe('a call is not a query', () => {
  const none = (title: string, code: string) => it(title, () => check(`${DB}${code}`, []));

  none(
    'of a map, a set or an array',
    `const order = new Map(); order.delete('a'); const user = [1]; user.count(); const x = { order }; x.order.delete('b');`,
  );
  none(
    'of another database library',
    `import mongoose from 'mongoose'; const order = mongoose.model('Order'); order.create({ data: 1 }); mongoose.models.user.findOne({}); mongoose.models.user.count({});`,
  );
  none(
    'of a payment API',
    `import Stripe from 'stripe'; const stripe = new Stripe(''); stripe.order.create({ data: {} });`,
  );
  none(
    'of an API client among the properties',
    `import { Api } from 'some-api'; class A { private api = new Api(); run() { return this.api.user.create({ data: {} }); } }`,
  );
  none(
    "of the project's own repository",
    `class Users { create(data) { return data; } } const repo = { user: new Users() }; repo.user.create({ data: {} });`,
  );
  none('of a local object with a bare name', `export function f(user) { return user.update({ data: 1 }); }`);
  none(
    'of a library whose models begin with a capital',
    `export const f = (context) => context.db.Order.findMany({ where: {} });`,
  );
  none(
    'of a drizzle query',
    `import { drizzle } from 'drizzle-orm/pg'; const db = drizzle(); db.query.user.findMany({ where: 1 });`,
  );
});

describe('a call that looks like a query is reported with the reason', () => {
  const reason = (title: string, code: string, why: string) => it(title, () => check(`${DB}${code}`, [], [why]));

  reason(
    'when the model is chosen at run time',
    `import { prisma } from './db'; export const f = (m) => prisma[m].findMany({ where: {} });`,
    'the model is chosen at run time',
  );
  reason(
    'when no schema has the model',
    `import { prisma } from './db'; prisma.invoice.findMany();`,
    "no schema has a model for 'invoice'",
  );
  reason(
    'when callers hand over several models',
    `import { prisma } from './db'; const all = (d) => d.findMany({ where: {} }); all(prisma.user); all(prisma.order);`,
    'the model is one of Order, User, depending on the caller',
  );
  reason(
    'when its receiver is unknown',
    `export const f = (d) => d.findMany({ where: {} });`,
    'what the query is called on could not be followed',
  );
});

describe('the schema of a client', () => {
  const MODELS = `
// @file: packages/a/package.json
{ "name": "@acme/a" }
// @file: packages/a/prisma/schema.prisma
datasource db {
  provider = "postgresql"
}
model Order {
  id Int @id
}
// @file: packages/a/index.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: packages/b/package.json
{ "name": "@acme/b" }
// @file: packages/b/prisma/schema.prisma
datasource db {
  provider = "mysql"
}
generator client {
  provider = "prisma-client"
  output = "../generated/client"
}
model Order {
  id Int @id
}
model Invoice {
  id Int @id
}
// @file: packages/b/index.ts
import { PrismaClient } from './generated/client';
export const prisma = new PrismaClient();
`;
  function checkSchema(code: string, expected: readonly string[]): void {
    const graph = graphOf(MODELS + code);
    assert.deepEqual(
      graph.sites.map(({ schema, model }) => `${schema.path.split('/')[1]} ${model?.name}`),
      expected,
    );
  }

  it('is that of the package its client comes from', () =>
    checkSchema(
      `// @file: apps/web/index.ts
import { prisma as a } from '@acme/a';
import { prisma as b } from '@acme/b';
a.order.findMany();
b.order.findMany();`,
      ['a Order', 'b Order'],
    ));
  it('is the nearest one where the client is not known', () =>
    checkSchema(`// @file: packages/b/src/x.ts\nexport const f = (ctx) => ctx.prisma.order.findMany();`, ['b Order']));
  it('is the only one that has the model', () =>
    checkSchema(`// @file: apps/web/index.ts\nexport const f = (ctx) => ctx.prisma.invoice.findMany();`, [
      'b Invoice',
    ]));
});

describe('identity', () => {
  const ids = (code: string) => graphOf(`${DB}import { prisma } from './db';\n${code}`).sites.map(({ id }) => id);

  it('survives line moves and tells equal calls apart', () => {
    const before = ids('export const f = () => [prisma.user.count(), prisma.user.count()];');
    const after = ids(
      '\n\n// more\nexport const g = 1;\nexport const f = () => [prisma.user.count(), prisma.user.count()];',
    );
    assert.deepEqual(after, before);
    assert.equal(new Set(before).size, 2);
  });
});

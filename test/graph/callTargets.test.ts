import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { graphOf, waysOf } from './support/project.ts';

function check(project: string, expected: readonly string[]): void {
  assert.deepEqual(waysOf(graphOf(project)), expected);
}

const DB = `
// @file: db.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
`;

describe('calls across modules', () => {
  it('follows named imports', () =>
    check(
      `${DB}
// @file: route.ts
import { list } from './order';
export async function GET() { return list(); }
// @file: order.ts
import { prisma } from './db';
export async function list() { return prisma.order.findMany(); }`,
      ['route.ts GET -> order.ts list -> query Order.findMany'],
    ));

  it('follows default and renamed imports', () =>
    check(
      `${DB}
// @file: route.ts
import list, { total as count } from './order.js';
export const GET = async () => [await list(), await count()];
// @file: order.ts
import { prisma } from './db';
export default async function list() { return prisma.order.findMany(); }
const countAll = () => prisma.order.count();
export { countAll as total };`,
      [
        'route.ts GET -> order.ts countAll -> query Order.count',
        'route.ts GET -> order.ts list -> query Order.findMany',
      ],
    ));

  it('follows namespaces, barrels and cycles of barrels', () =>
    check(
      `${DB}
// @file: route.ts
import * as services from './services';
export const GET = () => services.orders.list();
// @file: services/index.ts
export * from './loop';
export * as orders from './order';
// @file: services/loop.ts
export * from './index';
// @file: services/order.ts
import { prisma } from '../db';
export const list = () => prisma.order.findMany();`,
      ['route.ts GET -> services/order.ts list -> query Order.findMany'],
    ));

  it('follows require and module.exports', () =>
    check(
      `
// @file: route.js
const { list } = require('./order');
const orders = require('./order');
exports.GET = () => list();
exports.HEAD = () => orders.total();
// @file: order.js
const { PrismaClient } = require('@prisma/client');
const prisma = new PrismaClient();
async function list() { return prisma.order.findMany(); }
module.exports = { list, total: () => prisma.order.count() };`,
      [
        'route.js GET -> order.js list -> query Order.findMany',
        'route.js HEAD -> order.js exports.total -> query Order.count',
      ],
    ));

  it('follows dynamic imports', () =>
    check(
      `${DB}
// @file: route.ts
export async function GET() { const { list } = await import('./order'); return list(); }
// @file: order.ts
import { prisma } from './db';
export const list = () => prisma.order.findMany();`,
      ['route.ts GET -> order.ts list -> query Order.findMany'],
    ));

  it('follows tsconfig paths, package imports and packages of the workspace', () =>
    check(
      `
// @file: tsconfig.base.json
{ "compilerOptions": { "paths": { "@/*": ["./apps/web/src/*"] } } }
// @file: apps/web/tsconfig.json
{ "extends": "../../tsconfig.base.json" }
// @file: apps/web/package.json
{ "name": "web", "imports": { "#lib/*": "./src/lib/*.ts" } }
// @file: apps/web/src/route.ts
import { list } from '@/order';
import { total } from '#lib/total';
import { remove } from '@acme/data/remove';
export const GET = () => list();
export const HEAD = () => total();
export const DELETE = () => remove();
// @file: apps/web/src/order.ts
import { prisma } from '@acme/data';
export const list = () => prisma.order.findMany();
// @file: apps/web/src/lib/total.ts
import { prisma } from '@acme/data';
export const total = () => prisma.order.count();
// @file: packages/data/package.json
{ "name": "@acme/data", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" }, "./*": "./dist/*.js" } }
// @file: packages/data/src/index.ts
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient();
// @file: packages/data/src/remove.ts
import { prisma } from './index';
export const remove = () => prisma.order.deleteMany();`,
      [
        'apps/web/src/route.ts DELETE -> packages/data/src/remove.ts remove -> query Order.deleteMany',
        'apps/web/src/route.ts GET -> apps/web/src/order.ts list -> query Order.findMany',
        'apps/web/src/route.ts HEAD -> apps/web/src/lib/total.ts total -> query Order.count',
      ],
    ));
});

describe('classes', () => {
  it('finds static, own, inherited and super methods', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
class Base {
  all() { return prisma.order.findMany(); }
  total() { return prisma.order.count(); }
}
export class Orders extends Base {
  static first() { return prisma.order.findFirst(); }
  page() { return this.all(); }
  total() { return super.total(); }
}
export const GET = () => Orders.first();
export const HEAD = () => new Orders().page();
export const PUT = () => { const orders = new Orders(); return orders.total(); };`,
      [
        'a.ts GET -> a.ts Orders.first -> query Order.findFirst',
        'a.ts HEAD -> a.ts Orders.page -> a.ts Base.all -> query Order.findMany',
        'a.ts PUT -> a.ts Orders.total -> a.ts Base.total -> query Order.count',
      ],
    ));

  it('follows a template method to what heirs define', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
abstract class Report {
  abstract rows(): Promise<unknown[]>;
  run() { return this.rows(); }
}
export class OrderReport extends Report {
  async rows() { return prisma.order.findMany(); }
}
export const GET = () => new OrderReport().run();`,
      ['a.ts GET -> a.ts Report.run -> a.ts OrderReport.rows -> query Order.findMany'],
    ));

  it('follows services injected by constructor type', () =>
    check(
      `
// @file: controller.ts
import { OrderService } from './service';
export class OrderController {
  constructor(private readonly orders: OrderService) {}
  list() { return this.orders.list(); }
}
// @file: service.ts
import { PrismaService } from './prisma.service';
import { OrderRepository } from './repository';
export class OrderService {
  private readonly repository: OrderRepository;
  constructor(repository: OrderRepository, private prisma: PrismaService) { this.repository = repository; }
  async list() { await this.prisma.order.count(); return this.repository.all(); }
}
// @file: repository.ts
export interface OrderRepository { all(): Promise<unknown[]> }
// @file: prismaRepository.ts
import { PrismaService } from './prisma.service';
import type { OrderRepository } from './repository';
export class PrismaOrderRepository implements OrderRepository {
  constructor(private prisma: PrismaService) {}
  all() { return this.prisma.order.findMany(); }
}
// @file: prisma.service.ts
import { PrismaClient } from '@prisma/client';
export class PrismaService extends PrismaClient {}`,
      [
        'controller.ts OrderController.list -> service.ts OrderService.list -> prismaRepository.ts PrismaOrderRepository.all -> query Order.findMany',
        'controller.ts OrderController.list -> service.ts OrderService.list -> query Order.count',
      ],
    ));

  it('follows properties, accessors and arrow members', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
class Store { all = () => prisma.order.findMany(); }
export class Shop {
  private readonly store = new Store();
  get client() { return prisma; }
  list() { return this.store.all(); }
  total() { return this.client.order.count(); }
}`,
      ['a.ts Shop.list -> a.ts Store.all -> query Order.findMany', 'a.ts Shop.total -> query Order.count'],
    ));
});

describe('objects and factories', () => {
  it('follows object-literal services, nested and spread', () =>
    check(
      `${DB}
// @file: route.ts
import { services } from './services';
export const GET = () => services.orders.list();
export const HEAD = () => services.total();
// @file: services.ts
import { prisma } from './db';
const counters = { total: () => prisma.order.count() };
const orders = { async list() { return this.all(); }, all: () => prisma.order.findMany() };
export const services = { ...counters, orders };`,
      [
        'route.ts GET -> services.ts orders.list -> services.ts orders.all -> query Order.findMany',
        'route.ts HEAD -> services.ts counters.total -> query Order.count',
      ],
    ));

  it('follows factories that return objects of methods', () =>
    check(
      `${DB}
// @file: route.ts
import { prisma } from './db';
import { createOrders } from './orders';
const orders = createOrders({ prisma });
export const GET = () => orders.list();
// @file: orders.ts
export function createOrders({ prisma }) {
  const list = () => prisma.order.findMany();
  return { list };
}`,
      ['route.ts GET -> orders.ts createOrders.list -> query Order.findMany'],
    ));

  it('follows services handed over in an object of dependencies', () =>
    check(
      `${DB}
// @file: main.ts
import { orders } from './orders';
import { handle } from './handle';
export const main = () => handle({ orders });
// @file: handle.ts
export async function handle(deps) { return deps.orders.list(); }
// @file: orders.ts
import { prisma } from './db';
export const orders = { list: () => prisma.order.findMany() };`,
      ['main.ts main -> handle.ts handle -> orders.ts orders.list -> query Order.findMany'],
    ));

  it('follows methods put on an object later', () =>
    check(
      `${DB}
// @file: a.ts
import { prisma } from './db';
const orders = {};
orders.list = () => prisma.order.findMany();
export const GET = () => orders.list();`,
      ['a.ts GET -> a.ts list -> query Order.findMany'],
    ));
});

describe('names, where nothing else is known', () => {
  it('follows names a framework imports by itself', () =>
    check(
      `${DB}
// @file: server/api/orders.ts
export const GET = () => listOrders();
// @file: server/utils/orders.ts
export const listOrders = () => prisma.order.findMany();`,
      ['server/api/orders.ts GET -> server/utils/orders.ts listOrders -> query Order.findMany'],
    ));

  it('follows services out of a context by what they are called', () =>
    check(
      `${DB}
// @file: router.ts
import { procedure } from 'framework';
export const list = procedure.query(({ ctx }) => ctx.orderService.list());
export const total = procedure.query(({ ctx }) => ctx.orders.countPaidOnes());
export const other = procedure.query(({ ctx }) => ctx.shelf.list());
// @file: orders.ts
import { prisma } from './db';
export function getOrderService() { return { list: () => prisma.order.findMany() }; }
export class OrderRepository { countPaidOnes() { return prisma.order.count(); } }`,
      [
        'router.ts list -> orders.ts getOrderService.list -> query Order.findMany',
        'router.ts total -> orders.ts OrderRepository.countPaidOnes -> query Order.count',
      ],
    ));
});

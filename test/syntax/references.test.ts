import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markedSource, printReference } from './markedSource.ts';

function check(table: string): void {
  for (const [code = '', expected = ''] of rows(table)) {
    test(`reference: ${code}`, () => {
      const source = markedSource(code);
      assert.equal(printReference(source, source.context.referenceOf(source.node)), expected);
    });
  }
}

/** Lines of `code  ⇒  expected`. */
function rows(table: string): readonly (readonly string[])[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split('⇒').map((part) => part.trim()));
}

const PRISMA = `
  import { prisma } from './db'; «prisma.user.findMany»()  ⇒  import prisma from ./db → user → findMany
  import db from './db'; «db.user.findMany»()  ⇒  import default from ./db → user → findMany
  import * as data from './db'; «data.prisma.user.findMany»()  ⇒  import * from ./db → prisma → user → findMany
  import { prisma as client } from './db'; «client.user.count»()  ⇒  import prisma from ./db → user → count
  class Users { constructor(private prisma: PrismaService) {} list() { return «this.prisma.client.user.findMany»() } }  ⇒  this of Users → prisma → client → user → findMany
  class Users { constructor(prisma: PrismaService) { «prisma.user»; } }  ⇒  param 0 of Users.constructor → user
  function list(ctx) { return «ctx.db.user.findMany»() }  ⇒  param 0 of list → db → user → findMany
  function list({ db }) { return «db.user.findMany»() }  ⇒  param 0 of list → db → user → findMany
  function list(a, { ctx: { db: client = other } }) { return «client.user» }  ⇒  param 1 of list → ctx → db → user
  «getPrisma().user.findMany»()  ⇒  call getPrisma → user → findMany
  const { user } = prisma; «user.findMany»()  ⇒  global prisma → user → findMany
  const { user: people } = prisma; «people.findMany»()  ⇒  global prisma → user → findMany
  const { client: { user } } = services; «user.findMany»()  ⇒  global services → client → user → findMany
  async function f() { «(await getClient()).user.findMany»() }  ⇒  call getClient → user → findMany
  async function f() { const client = await getClient(); «client.user.findMany»() }  ⇒  call getClient → user → findMany
  prisma.$transaction(async (tx) => { await «tx.user.findMany»() })  ⇒  param 0 of $transaction#0 → user → findMany
  prisma.$transaction(async ({ user }) => { await «user.findMany»() })  ⇒  param 0 of $transaction#0 → user → findMany
  «prisma['user'].findMany»()  ⇒  global prisma → user → findMany
  «prisma.user['findMany']»()  ⇒  global prisma → user → findMany
  «globalThis.prisma.user»  ⇒  global globalThis → prisma → user
  «prisma!.user.findMany»()  ⇒  global prisma → user → findMany
  «prisma?.user?.findMany»()  ⇒  global prisma → user → findMany
  «(prisma as any).user.findMany»()  ⇒  global prisma → user → findMany
  «(prisma satisfies Client).user»  ⇒  global prisma → user
  «((prisma)).user»  ⇒  global prisma → user
  «prisma.$extends({ model: {} }).user.findMany»()  ⇒  call $extends → user → findMany
  const db = prisma.$extends({}); «db.user.findMany»()  ⇒  call $extends → user → findMany
  function f(tx) { «(tx ?? prisma).user.findMany»() }  ⇒  param 0 of f → user → findMany
  function f(tx) { «(tx || prisma).user.findMany»() }  ⇒  param 0 of f → user → findMany
  function f(tx) { «(flag ? tx : prisma).user.findMany»() }  ⇒  param 0 of f → user → findMany
  function f(tx) { const db = tx ?? prisma; «db.user.findMany»() }  ⇒  variable db → user → findMany
  function f(tx = prisma) { «tx.user.findMany»() }  ⇒  param 0 of f → user → findMany
  «prisma[model].findMany»()  ⇒  global prisma → ? → findMany
  const model = 'user'; «prisma[model].findMany»()  ⇒  global prisma → user → findMany
  «prisma.$queryRaw»\`SELECT 1\`  ⇒  global prisma → $queryRaw
  const users = prisma.user; «users.findMany»()  ⇒  global prisma → user → findMany
  const list = prisma.user.findMany; «list»()  ⇒  global prisma → user → findMany
  const list = prisma.user.findMany.bind(prisma.user); «list»()  ⇒  global prisma → user → findMany
  «new PrismaClient().user.findMany»()  ⇒  call PrismaClient → user → findMany
  const prisma = new PrismaClient(); «prisma.user»  ⇒  call PrismaClient → user
  const prisma = globalForPrisma.prisma ?? new PrismaClient(); «prisma.user»  ⇒  variable prisma → user
  «require('./db').prisma.user»  ⇒  import * from ./db → prisma → user
  const { prisma } = require('./db'); «prisma.user»  ⇒  import * from ./db → prisma → user
  async function f() { «(await import('./db')).prisma.user» }  ⇒  import * from ./db → prisma → user
  async function f() { const { prisma } = await import('./db'); «prisma.user» }  ⇒  import * from ./db → prisma → user
  import db = require('./db'); «db.user»  ⇒  import * from ./db → user
  const require = load; «require('./db').user»  ⇒  call require → user
`;

const NAMES = `
  const a = b.c; const d = a.e; «d.f»  ⇒  global b → c → e → f
  let a = b.c; «a.d»  ⇒  global b → c → d
  let a = b.c; a = x; «a.d»  ⇒  variable a → d
  let a; a = b; «a.c»  ⇒  variable a → c
  var a = b.c; «a.d»  ⇒  global b → c → d
  const a = { b: 1 }; «a.b»  ⇒  variable a → b
  const a = 1; «a»  ⇒  variable a
  const a = \`x\${b}\`; «a.length»  ⇒  variable a → length
  const a = [x, y]; «a.length»  ⇒  variable a → length
  const a = undefined; «a»  ⇒  variable a
  const { a = 1 } = options; «a»  ⇒  global options → a
  const { a, ...rest } = options; «rest.b»  ⇒  global options → b
  const { 'a-b': c } = x; «c»  ⇒  global x → a-b
  const { [key]: c } = x; «c»  ⇒  global x → ?
  const { a } = { a: b.c, d }; «a.e»  ⇒  global b → c → e
  const [first] = rows; «first.id»  ⇒  global rows → [] → id
  const [{ id }] = rows; «id»  ⇒  global rows → [] → id
  const [, second] = pair; «second»  ⇒  global pair → []
  const [a, b] = [x.y, z]; «a»  ⇒  global x → y
  const a = b; const b = a; «a.c»  ⇒  unknown → c
  «a.b(c).d»  ⇒  call b → d
  function list() {} «list»  ⇒  function list
  const list = async () => {}; «list»  ⇒  function list
  class Users {} «Users»  ⇒  class Users
  class Users { static all() {} } «Users.all»  ⇒  class Users → all
  const Users = class {}; «Users»  ⇒  class Users
  enum Role { Admin } «Role.Admin»  ⇒  variable Role → Admin
  declare const db: Client; «db.user»  ⇒  variable db → user
  try {} catch (error) { «error.message» }  ⇒  unknown → message
  «(a, b).c»  ⇒  global b → c
  «(a && b).c»  ⇒  global b → c
  «(cache.x ??= load()).y»  ⇒  global cache → x → y
  «import.meta.env»  ⇒  global import.meta → env
  «(1 + 2)»  ⇒  unknown
  function f() { return «g.h»; var g = x }  ⇒  global x → h
  function f(g) { { const g = x; } return «g.h» }  ⇒  param 0 of f → h
  const g = x; function f() { { const g = y; «g.h» } }  ⇒  global y → h
  for (const g of a) {} «g.h»  ⇒  global g → h
  const f = function g() { return «g» }  ⇒  function g
  «f» ; if (a) { function f() {} }  ⇒  global f
  switch (a) { case 1: const b = x.y; break; default: «b» }  ⇒  global x → y
  function f(this: Db, id) { return «id» }  ⇒  param 0 of f
  function f(...args) { return «args[0].x» }  ⇒  param 0 of f → [] → x
`;

const ELEMENTS = `
  «rows[0].name»  ⇒  global rows → [] → name
  «rows[i].name»  ⇒  global rows → [] → name
  «rows[rows.length - 1].name»  ⇒  global rows → [] → name
  «rows.at(-1).name»  ⇒  global rows → [] → name
  «rows.pop().name»  ⇒  global rows → [] → name
  «rows.find((row) => row.id).name»  ⇒  global rows → [] → name
  «db.find(id).name»  ⇒  call find → name
  for (const row of rows) { «row.name» }  ⇒  global rows → [] → name
  for (const { name } of rows) { «name» }  ⇒  global rows → [] → name
  for (const [key, value] of entries) { «value» }  ⇒  global entries → [] → []
  for (const row of rows.filter(isOpen)) { «row.name» }  ⇒  global rows → [] → name
  async function f() { for (const row of await list()) { «row.name» } }  ⇒  call list → [] → name
  for (const key in rows) { «key» }  ⇒  variable key
  for (const client of [a.prisma, b.prisma]) { «client.user» }  ⇒  global a → prisma → user
  rows.map((row) => «row.name»)  ⇒  global rows → [] → name
  rows.map(({ name }) => «name»)  ⇒  global rows → [] → name
  rows.forEach(function (row) { «row.name» })  ⇒  global rows → [] → name
  rows.filter(Boolean).map((row) => «row.name»)  ⇒  global rows → [] → name
  rows.reduce((sum, row) => sum + «row.size», 0)  ⇒  global rows → [] → size
  rows.reduce((sum, row) => «sum», 0)  ⇒  param 0 of reduce#0
  rows.sort((a, b) => a.x - «b.x»)  ⇒  global rows → [] → x
  rows.map((row, index) => «index»)  ⇒  param 1 of map#0
  rows.some((row) => row.tags.every((tag) => «tag.id»))  ⇒  global rows → [] → tags → [] → id
  Array.from(rows, (row) => «row.id»)  ⇒  global rows → [] → id
  [...rows].map((row) => «row.id»)  ⇒  global rows → [] → id
  pMap(rows, (row) => «row.id»)  ⇒  param 0 of pMap#0 → id
  const open = rows.filter(isOpen); open.map((row) => «row.id»)  ⇒  global rows → [] → id
  rows.map(async (row) => { row = other; return «row.id» })  ⇒  param 0 of map#0 → id
  list().then((rows) => «rows.length»)  ⇒  call list → length
  list().then(([first]) => «first.id»)  ⇒  call list → [] → id
  async function f() { const rows = await list().catch(() => []); «rows.length» }  ⇒  call list → length
  async function f() { const [a, b] = await Promise.all([p(), q()]); «a.x» }  ⇒  call p → x
  async function f() { const [a, { c }] = await Promise.all([p(), q()]); «c» }  ⇒  call q → c
  async function f() { const [[a]] = await Promise.all([p(), q()]); «a.x» }  ⇒  call p → [] → x
  async function f() { const all = await Promise.all([p(), q()]); «all[1].x» }  ⇒  call q → x
  async function f() { const jobs = [p(), q()]; const [a] = await Promise.all(jobs); «a» }  ⇒  call all → []
  Promise.all([p(), q()]).then(([a, b]) => «b.x»)  ⇒  call q → x
  async function f() { const [rows, total] = await prisma.$transaction([a(), b()]); «total» }  ⇒  call b
  async function f() { const [a] = await Promise.all([...jobs, q()]); «a» }  ⇒  call all → []
`;

const THIS = `
  class A { x() { return «this.y.z» } }  ⇒  this of A → y → z
  class A { x = () => «this.y» }  ⇒  this of A → y
  class A { x = this.y; z() { rows.map(() => «this.w») } }  ⇒  this of A → w
  class A { x() { rows.map(function () { «this.y» }) } }  ⇒  this → y
  class A extends B { x() { return «super.x» } }  ⇒  super of A → x
  class A { static x() { return «this.y» } }  ⇒  class A → y
  class A { static { «this.y» } }  ⇒  class A → y
  class A { #db; x() { return «this.#db.user» } }  ⇒  this of A → #db → user
  class A { x() { const self = this; return () => «self.y» } }  ⇒  this of A → y
  class A { x() { const { prisma } = this; «prisma.user» } }  ⇒  this of A → prisma → user
  class A { x() { class B { y() { «this.z» } } } }  ⇒  this of B → z
  class A { get db() { return «this.client» } }  ⇒  this of A → client
  const service = { list() { return «this.repo» } }  ⇒  variable service → repo
  const service = { list: function () { return «this.repo» } }  ⇒  variable service → repo
  export default { list() { return «this.repo» } }  ⇒  this → repo
  function f() { «this.x» }  ⇒  this → x
  «this.x»  ⇒  this → x
`;

check(PRISMA);
check(NAMES);
check(ELEMENTS);
check(THIS);

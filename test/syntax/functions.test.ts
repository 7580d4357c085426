import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '#syntax/extractFacts.ts';

/** Functions but the module as `symbol name`, with what sets them apart. */
function check(code: string, expected: readonly string[]): void {
  test(`functions: ${code}`, () => {
    const { functions } = extractFacts('file.tsx', code);
    const printed = functions.slice(1).map((fact) => {
      const flags = [fact.async && 'async', fact.generator && 'generator', fact.static && 'static', fact.jsx && 'jsx'];
      return [fact.symbol, `(${fact.name})`, ...flags.filter((flag) => flag !== false)].join(' ');
    });
    assert.deepEqual(printed, expected);
  });
}

check('function list() {}', ['list (list)']);
check('export async function* list() {}', ['list (list) async generator']);
check('export default function () {}', ['default (null)']);
check('export default async () => {}', ['default (null) async']);
check('const list = () => {}', ['list (list)']);
check('const list = (() => {}) as Handler', ['list (list)']);
check('const list = cache(async () => {})', ['list (null) async']);
check('export const GET = withAuth(withCache(async (req) => {}))', ['GET (null) async']);
check('const Row = React.memo(function Row() { return <div /> })', ['Row (Row) jsx']);
check('const Row = forwardRef((props, ref) => <div />)', ['Row (null) jsx']);
check(
  'class A { constructor() {} list() {} get db() {} static make() {} run = async () => {}; static { } #own() {} }',
  [
    'A.constructor (constructor)',
    'A.list (list)',
    'A.db (db)',
    'A.make (make) static',
    'A.run (run) async',
    'A.static (null) static',
    'A.#own (#own)',
  ],
);
check('const A = class { list() {} }', ['A.list (list)']);
check('export default class { list() {} }', ['default.list (list)']);
check('const service = { list() {}, find: async () => {}, nested: { run: function () {} } }', [
  'service.list (list)',
  'service.find (find) async',
  'service.nested.run (run)',
]);
check('const router = t.router({ list: t.procedure.input(x).query(async () => {}) })', ['router.list (null) async']);
check('exports.list = async () => {}', ['list (list) async']);
check('module.exports = { list: () => {} }', ['exports.list (list)']);
check('A.prototype.run = function () {}', ['run (run)']);
check('function list() { return rows.map((row) => row) }', ['list (list)', 'list.map#0 (null)']);
check('function list() { const names = rows.map((row) => row); rows.map((row) => row) }', [
  'list (list)',
  'list.map#0 (null)',
  'list.map#1 (null)',
]);
check('async function f() { const x = await retry(() => {}) }', ['f (f) async', 'f.retry#0 (null)']);
check('rows.map(function each() {})', ['each (each)']);
check("app.get('/users', auth, async (req) => {}); app.get('/users/:id', (req) => {})", [
  'get(/users) (null) async',
  'get(/users/:id) (null)',
]);
check("describe('a', () => { it('b', () => {}) }); describe('a', () => {})", [
  'describe(a) (null)',
  'describe(a).it(b) (null)',
  'describe(a)#1 (null)',
]);
check('(async () => {})()', ['iife#0 (null) async']);
check('function f() { return () => {} }', ['f (f)', 'f.function#0 (null)']);
check('const a = <Row onClick={() => {}} />', ['a.onClick (null)']);
check('function f() {} function f() {}', ['f (f)', 'f#1 (f)']);
check('function f(a: string): void; function f(a: number): void; function f(a) {}', ['f (f)']);
check('abstract class A { abstract list(): void; run(): void; run() {} }', ['A.run (run)']);
check('namespace N { function f() {} }', ['N.f (f)']);
check('const f = async () => cond ? <a /> : null', ['f (f) async jsx']);
check('function F() { if (x) return null; return ok && <Row /> }', ['F (F) jsx']);

test('functions: parents, classes and where callbacks are handed to', () => {
  const code =
    'class A { b() { f(1, { c: { d: () => 1 } }); g(...[() => 2]) } e = h(() => 3); } <Row i={() => 4}>{() => 5}</Row>';
  const { functions, calls } = extractFacts('file.tsx', code);
  const nameOf = (call: number) => code.slice(calls[call]?.nameSpan.start, calls[call]?.nameSpan.end);
  const printed = functions
    .slice(1)
    .map(({ parent, class: owner, argumentOf }) => [
      parent,
      owner,
      argumentOf && `${nameOf(argumentOf.call)} ${argumentOf.argument} ${argumentOf.path.join('.')}`,
    ]);
  assert.deepEqual(printed, [
    [0, 0, null],
    [1, null, 'f 1 c.d'],
    [1, null, null],
    [0, null, 'h 0 '],
    [0, null, 'Row 0 i'],
    [0, null, 'Row 0 children'],
  ]);
});

test('functions: parameters, their types and decorators, without the this parameter', () => {
  const code = `class A { constructor(private readonly orders: OrderService, @Inject(TOKEN) tx?: Prisma.TransactionClient | null,
    { a }: { a: string } = {}, ...rest: X[]) {} } function f(this: A, b) {}`;
  const [, made, plain] = extractFacts('a.ts', code).functions;
  const printed = made?.parameters.map(({ name, typeName, property, rest, default: value, decorators }) => [
    name,
    typeName,
    property,
    rest,
    value?.kind ?? null,
    decorators.map((decorator) => decorator.name).join(),
  ]);
  assert.deepEqual(printed, [
    ['orders', 'OrderService', true, false, null, ''],
    ['tx', 'Prisma.TransactionClient', false, false, null, 'Inject'],
    [null, null, false, false, 'object', ''],
    ['rest', null, false, true, null, ''],
  ]);
  assert.deepEqual(
    plain?.parameters.map(({ name }) => name),
    ['b'],
  );
});

test('functions: what is returned, each return once', () => {
  const [, f, , g] = extractFacts(
    'a.ts',
    'function f(a) { if (a) return; const h = () => { return 9 }; return { a } } const g = () => ({ b: 1 })',
  ).functions;
  assert.deepEqual(
    [f?.returns.map(({ kind }) => kind), g?.returns.map(({ kind }) => kind)],
    [['undefined', 'object'], ['object']],
  );
});

test('functions: directives of the file and of bodies', () => {
  const facts = extractFacts(
    'a.ts',
    `'use client'; 'use strict'; x(); 'late'; async function f() { 'use server'; g() }`,
  );
  assert.deepEqual([facts.directives, facts.functions[1]?.directives], [['use client', 'use strict'], ['use server']]);
});

test('functions: symbols and names survive lines put before them', () => {
  const code = 'class A { b() { xs.map(() => 1); xs.map(() => 2) } } const c = wrap(() => 3)';
  const symbolsOf = (text: string) => extractFacts('a.ts', text).functions.map(({ symbol }) => symbol);
  assert.deepEqual(symbolsOf(`// note\n\n\n${code}`), symbolsOf(code));
});

test('functions: decorators of methods belong to the function around the class', () => {
  const code = '@Controller(path()) class A { @Get(route(() => 1)) list(@Query(key()) q) { run() } }';
  const { functions, calls, classes } = extractFacts('a.ts', code);
  const around = new Map(calls.map((call) => [code.slice(call.nameSpan.start, call.nameSpan.end), call.function]));
  assert.deepEqual([...around.values()], [0, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(
    functions[1]?.decorators.map(({ name }) => name),
    ['Get'],
  );
  assert.deepEqual(
    classes[0]?.decorators.map(({ name, arguments: given }) => [name, given[0]?.kind]),
    [['Controller', 'call']],
  );
});

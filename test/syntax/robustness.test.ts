import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '#syntax/extractFacts.ts';

const SERVICE = `import { Injectable, Get, Query } from '@nestjs/common';
import type { Prisma } from '@prisma/client';
import * as cache from './cache';
import { PrismaService } from '../prisma.service';

export const revalidate = 60;
const PAGE = 50;
let attempts = 0;

@Injectable()
export class OrderService extends Base<Order> implements OnModuleInit {
  private readonly seen = new Map<string, Order[]>();
  constructor(private readonly prisma: PrismaService, @Query('x') protected x?: string) { super(); this.x = x ?? ''; }

  @Get(':id')
  async list({ shop, ids = [] }: { shop: string; ids?: string[] }, ...rest: unknown[]): Promise<Order[]> {
    const where: Prisma.OrderWhereInput = { shop, AND: [{ id: { in: ids } }], ...(this.x && { x: this.x }) };
    if (rest.length > 0) where.status = 'OPEN'; else delete where.status;
    const [orders, total] = await Promise.all([
      this.prisma.order.findMany({ where, take: PAGE, include: { lines: true }, orderBy: [{ at: 'desc' }] }),
      this.prisma.order.count({ where }),
    ]);
    for (const [index, order] of orders.entries()) {
      try {
        order.lines = await this.prisma.line.findMany({ where: { orderId: order.id } });
        switch (order.status) { case 'OPEN': attempts += 1; break; default: attempts++; }
      } catch (error) { console.error(\`line \${index} of \${total}: \${(error as Error).message}\`); continue; }
    }
    return orders.map(({ lines, ...order }) => ({ ...order, total: lines?.reduce((sum, line) => sum + line.price!, 0) }));
  }

  static async *pages(db = prisma) {
    let cursor: string | undefined;
    do {
      const page = await db.order.findMany({ take: 100, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) });
      yield* page;
      cursor = page.at(-1)?.id;
    } while (cursor);
  }
}

export const report = cache.wrap('report', async (shop: string) => {
  const rows = await prisma.$queryRaw<Row[]>\`SELECT * FROM "Order" WHERE shop = \${shop}\`;
  return prisma.$transaction(async (tx) => { await tx.order.updateMany({ data: { rows: rows.length } }); return tx.order.findFirst(); });
});

export default function Page({ params: { id } }: Props) {
  const [state, setState] = useState<State>(() => initial(id));
  const onClick = useCallback(async () => { const { user } = await import('./api'); setState(await user.load(id)); }, [id]);
  return (<Layout title={<b>{id}</b>} {...state}>
    {state.rows.map((row) => <Row key={row.id} {...row} onClick={onClick}>{row.name} text</Row>)}
    {state.ok ? <ui.Ok /> : null}
  </Layout>);
}
enum Role { Admin = 1, User }
namespace Inner { export const a = Role.Admin; }
label: for (let i = 0, n = rows.length; i < n; i++) { if (rows[i]?.x) break label; }
module.exports.legacy = function legacy() { return require('./old').run(arguments); };
export { report as default2, PAGE }; export * from './more'; export * as ns from "./ns";
`;

/** Repeatable numbers in [0, 1). */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

test('facts: the whole file is understood', () => {
  const facts = extractFacts('a.tsx', SERVICE);
  const counts = [facts.classes, facts.functions, facts.calls, facts.loops, facts.exports].map((list) => list.length);
  assert.ok(
    counts.every((count) => count > 0),
    counts.join(),
  );
  assert.doesNotThrow(() => JSON.stringify(facts));
});

test('facts: no truncation throws', () => {
  const random = numbers(1);
  for (let round = 0; round < 1000; round++) {
    const end = Math.floor((random.next().value ?? 0) * SERVICE.length);
    const facts = extractFacts('a.tsx', SERVICE.slice(0, end));
    assert.ok(facts.functions.length > 0);
  }
});

test('facts: no missing piece and no other language throws', () => {
  const random = numbers(2);
  const paths = ['a.ts', 'a.tsx', 'a.js', 'a.mts', 'a.cjs', 'a.jsx'];
  for (let round = 0; round < 600; round++) {
    const start = Math.floor((random.next().value ?? 0) * SERVICE.length);
    const end = start + Math.floor((random.next().value ?? 0) * 40);
    const text = SERVICE.slice(0, start) + SERVICE.slice(end);
    assert.ok(extractFacts(paths[round % paths.length] ?? '', text).functions.length > 0);
  }
});

test('facts: text of any kind gives at least the module', () => {
  const texts = [
    '',
    '\uFEFF',
    '\0\0\0',
    '}}}}',
    '((((',
    '`',
    '/*',
    '<a',
    '@',
    'class',
    'import',
    'export',
    'const {',
    'for (',
    '🙂',
    'a\u2028b',
  ];
  for (const text of texts) assert.equal(extractFacts('a.tsx', text).functions[0]?.span.end, text.length);
});

test('facts: nesting beyond the stack gives an empty module', () => {
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
    ['{a:', '}'],
    ['f(', ')'],
    ['()=>{', '}'],
    ['a+', 'a'],
  ] as const) {
    for (const depth of [500, 5_000, 100_000]) {
      const facts = extractFacts('a.ts', `x = ${open.repeat(depth)}1${close.repeat(depth)}`);
      assert.equal(facts.functions[0]?.index, 0);
    }
  }
});

test('facts: long chains and long expressions', () => {
  const texts = [
    `x${'.a()'.repeat(3000)}`,
    `x = 1${' + 1'.repeat(20_000)}`,
    `x = a${' ?? b'.repeat(2000)}`,
    'if (a) b; else '.repeat(3000),
  ];
  for (const text of texts) assert.equal(extractFacts('a.ts', text).functions[0]?.span.end, text.length);
});

test('facts: a bundle is not looked into, long code in lines is', () => {
  const lines = 'f(x);\n'.repeat(20_000);
  assert.equal(extractFacts('a.js', lines.replaceAll('\n', '')).calls.length, 0);
  assert.equal(extractFacts('a.js', lines).calls.length, 20_000);
});

test('facts: a byte order mark and CRLF move nothing', () => {
  const plain = 'const a = 1;\nfunction f() {\n  g(a);\n}\n';
  const text = `\uFEFF${plain.replaceAll('\n', '\r\n')}`;
  const { calls, lineStarts, variables } = extractFacts('a.ts', text);
  const textOf = (span: { readonly start: number; readonly end: number } | undefined) =>
    text.slice(span?.start, span?.end);
  assert.equal(textOf(calls[0]?.span), 'g(a)');
  assert.equal(textOf(variables[0]?.span), 'a = 1');
  assert.deepEqual(lineStarts, [0, 15, 31, 40, 43]);
});

test('facts: a huge file stays linear', () => {
  const small = bestOf(SERVICE.repeat(20));
  const large = bestOf(SERVICE.repeat(160));
  assert.ok(large < small * 8 * 4 + 100_000, `${small} µs for 20 copies, ${large} µs for 160`);
});

/** Microseconds of processor time; the best of three, for others may use the machine. */
function bestOf(text: string): number {
  const times = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    assert.ok(extractFacts('a.tsx', text).calls.length > 100);
    return process.cpuUsage(start).user;
  });
  return Math.min(...times);
}

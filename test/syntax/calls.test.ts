import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '#syntax/extractFacts.ts';
import type { CallFact } from '#syntax/facts.ts';
import { printReference, printValue } from './markedSource.ts';

/** What `print` says of the call of `q` (`q()`, `x.q()`, `new q()`, `<q.q />`, …) in each snippet. */
function check(
  what: string,
  print: (call: CallFact, text: string) => unknown,
  cases: readonly (readonly [string, unknown])[],
): void {
  for (const [text, expected] of cases) {
    test(`calls: ${what}: ${text}`, () => {
      const { calls } = extractFacts('file.tsx', text);
      const call = calls.find(({ nameSpan }) => text.slice(nameSpan.start, nameSpan.end) === 'q');
      assert.ok(call !== undefined);
      assert.deepEqual(print(call, text), expected);
    });
  }
}

check('kind', (call) => call.kind, [
  ['q()', 'call'],
  ['a.q?.()', 'call'],
  ['new q()', 'new'],
  ['new q', 'new'],
  ['q`a`', 'tagged'],
  ['<a.q />', 'render'],
  ['<a.q>b</a.q>', 'render'],
]);

check('awaited', ({ awaited }) => awaited, [
  ['async function f() { await q() }', true],
  ['async function f() { return await q() }', true],
  ['async function f() { const { a } = await (q() as B) }', true],
  ['async function f() { await q().catch(g) }', true],
  ['async function f() { await q().then(g).finally(h) }', true],
  ['async function f() { await (a ? q() : b) }', true],
  ['async function f() { await (a ?? q()) }', true],
  ['async function f() { (await q()).a }', true],
  ['async function f() { await Promise.all([q()]) }', false],
  ['async function f() { await g(q()) }', false],
  ['async function f() { await q().a }', false],
  ['async function f() { q() }', false],
  ['async function f() { void q() }', false],
  ['async function f() { return q() }', false],
  ['async function f() { await (q() ? a : b) }', false],
]);

check('returned', ({ returned }) => returned, [
  ['function f() { return q() }', true],
  ['const f = () => q()', true],
  ['async function f() { return await q() }', true],
  ['const f = () => (a ? q() : b)', true],
  ['function f() { return { a: q() } }', false],
  ['function f() { return g(q()) }', false],
  ['function f() { q() }', false],
  ['const f = () => { q() }', false],
]);

check('after an await', ({ afterAwait }) => afterAwait, [
  ['async function f() { q(); await a }', false],
  ['async function f() { await q() }', false],
  ['async function f() { await a; q() }', true],
  ['async function f() { q(await a) }', true],
  ['async function f() { await a; g(() => q()) }', false],
  ['async function f() { if (x) await a; q() }', true],
  ['async function f() { if (x) { await a; return } q() }', false],
  ['async function f() { if (x) return await a; q() }', false],
  ['async function f() { if (x) { await a } else { q() } }', false],
  ['async function f() { if (await a) q() }', true],
  ['async function f() { x ? await a : q() }', false],
  ['async function f() { switch (x) { case 1: await a; break; case 2: q() } }', false],
  ['async function f() { switch (x) { case 1: await a; case 2: q() } }', true],
  ['async function f() { try { return await a } catch { q() } }', true],
  ['async function f() { for (const x of xs) await q(x) }', true],
  ['async function f() { for (const x of await xs) q(x) }', true],
  ['async function f() { for (const x of q()) await x }', false],
  ['async function f() { for (const x of xs) { q(x); await x } }', true],
  ['async function f() { for await (const x of xs) q(x) }', true],
  ['async function f() { for await (const x of q()) a }', false],
  ['async function f() { const g = async () => await a; q() }', false],
  ['await a; q()', true],
]);

check(
  'branches',
  ({ branches }, text) =>
    branches.map(({ kind, test, mentions }) => `${kind} ${text.slice(test.start, test.end)}: ${mentions}`),
  [
    ['q()', []],
    ['if (a.b && c(d)) q()', ['if a.b && c(d): a.b,c,d']],
    ['if (q()) a', []],
    ['if (a) b; else q()', ['else a: a']],
    ['if (a) b; else if (c) q()', ['else a: a', 'if c: c']],
    ['a ? q() : b', ['conditional a: a']],
    ['a && q()', ['logical a: a']],
    ['q() && a', []],
    ['a ??= q()', ['logical a: a']],
    ['a = q()', []],
    ['switch (a) { case 1: q() }', ['case 1: a']],
    ['switch (a) { default: q() }', ['case a: a']],
    ['try { q() } catch {}', []],
    ['try {} catch (e) { q() }', ['catch catch (e) { q() }: ']],
    ['try {} finally { q() }', ['finally { q() }: ']],
    ['if (a) g(() => q())', []],
  ],
);

check(
  'which branch it is of what',
  ({ branches }, text) =>
    branches.map(({ of, part, leaves }) => `${text.slice(of, of + 4)} ${part}${leaves ? ' leaves' : ''}`),
  [
    ['if (a) q()', ['if ( 0']],
    ['if (a) b; else { q() }', ['if ( 1']],
    ['function f() { if (a) { q(); return } }', ['if ( 0 leaves']],
    ['function f() { if (a) return q(); b }', ['if ( 0 leaves']],
    ['function f() { if (a) throw b; else q() }', ['if ( 1']],
    ['for (;;) { if (a) { q(); continue } }', ['if ( 0 leaves']],
    ['aaa ? b : q()', ['aaa  1']],
    ['switch (a) { case 1: b; case 2: q(); break; }', ['swit 1']],
    ['function f() { switch (a) { case 1: return q() } }', ['swit 0 leaves']],
    ['function f() { switch (a) { case 1: b; default: { q(); return } } }', ['swit 1 leaves']],
    ['function f() { try { a } catch { return q() } }', ['try  0 leaves']],
  ],
);

check('loops', ({ loops }) => loops, [
  ['for (const a of b) for (;;) q()', [0, 1]],
  ['for (const a of q()) b', []],
  ['while (q()) a', [0]],
  ['for (let a = q(); ; ) b', []],
  ['for (let a; q(); ) b', [0]],
  ['for (const a of b) g(() => q())', []],
]);

check(
  'arguments',
  ({ arguments: given }, text) =>
    given.map((value) => printValue({ facts: extractFacts('file.tsx', text), text }, value)),
  [
    ['q(1, a, ...b)', ['1', '<global a>', '...<global b>']],
    ['new q', []],
    ['q`a$' + '{b}c`', ['`a…c`', '<global b>']],
    ['q`a`', ['`a`']],
    ['<a.q b="c" d={e} f {...g} h={<a.i />} />', ['{ b: "c", d: <global e>, f: true, ...<global g>, h: call i }']],
    ['<a.q><b.c /></a.q>', ['{ children: call c }']],
    ['<a.q b="c">{d} text</a.q>', ['{ b: "c", children: [<global d>, unknown] }']],
    ['<a.q>{(d) => d}</a.q>', ['{ children: function children }']],
    ['<a.q></a.q>', ['{  }']],
  ],
);

check('callee', ({ callee }, text) => printReference({ facts: extractFacts('file.tsx', text), text }, callee), [
  ['a.b.q()', 'global a → b → q'],
  ['(a ?? b).c.q()', 'global a → c → q'],
  ['import { a } from "b"; <a.q />', 'import a from b → q'],
  ['class A extends B { c() { super.q() } }', 'super of A → q'],
]);

test('calls: SQL is kept whole, other long texts are cut', () => {
  const long = 'x'.repeat(1000);
  const { calls } = extractFacts('a.ts', `p.$queryRawUnsafe('${long}'); p.$queryRaw\`${long}\`; f('${long}')`);
  const sizes = calls.map(({ arguments: [first] }) => {
    if (first?.kind === 'template') return first.texts.join('').length;
    return first?.kind === 'literal' ? String(first.value).length : 0;
  });
  assert.deepEqual(sizes, [1000, 1000, 300]);
});

test('calls: indices follow the text', () => {
  const text = 'a(b(), c(d())); e()';
  const { calls } = extractFacts('a.ts', text);
  assert.deepEqual(
    calls.map(({ index, nameSpan }) => `${index}${text.slice(nameSpan.start, nameSpan.end)}`),
    ['0a', '1b', '2c', '3d', '4e'],
  );
});

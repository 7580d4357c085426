import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markedSource, printValue } from './markedSource.ts';

function check(code: string, expected: string): void {
  test(`value: ${code}`, () => {
    const source = markedSource(code);
    assert.equal(printValue(source, source.context.valueOf(source.node)), expected);
  });
}

check(`x = «'a'»`, '"a"');
check('x = «-1»', '-1');
check('x = «1_000»', '1000');
check('x = «10n»', '10n');
check('x = «true»', 'true');
check('x = «null»', 'null');
check('x = «undefined»', 'undefined');
check('x = «void 0»', 'undefined');
check('x = «`a`»', '"a"');
check('x = «`a$' + '{b}c`»', '`a…c`');
check('x = «/a/»', 'unknown');
check(
  'x = «{ a: 1, "b": c, [d]: 2, ["e"]: 3, ...f }»',
  '{ a: 1, b: <global c>, [<global d>]: 2, e: 3, ...<global f> }',
);
check('x = «{ a }»', '{ a: <global a> }');
check('x = «{ a() {}, get b() { return 1 } }»', '{ a: function x.a, b: unknown }');
check('x = «[1, , ...a]»', '[1, undefined, ...<global a>]');
check('x = «(a as B)!»', '<global a>');
check('async function f() { x = «await a.b()» }', 'call b');
check('x = «a ? b : c»', '(<global a> ?: <global b> : <global c>)');
check('x = «a ?? b ?? c»', '(<global a> ?? <global a> : <global b> : <global c>)');
check('x = «(a ?? b) || c»', '(<global a> || (<global a> ?? <global a> : <global b>) : <global c>)');
check('x = «a && b»', '(<global a> && undefined : <global b>)');
check('x = «a + 1»', '(<global a> + 1)');
check('x = «!a»', '! <global a>');
check('x = «typeof a»', 'typeof <global a>');
check('x = «i++»', '++ <global i>');
check('x = «y = z»', '<global z>');
check('x = «(a, b)»', '<global b>');
check('x = «() => 1»', 'function x');
check('x = «class A {}»', 'class A');
check('x = «new A()»', 'call A');
check('x = «f().catch(g)»', '<call f>');
check(`x = «require('y')»`, '<import * from y>');
check('x = «f`a`»', 'call f');
check('x = «<Row a={1} />»', 'call Row');
check('x = «<div />»', 'unknown');
check('x = «<ui.Row />»', 'call Row');

test('value: texts are cut at 300 characters, lists keep their length', () => {
  const source = markedSource(`x = «['${'a'.repeat(400)}', ${'1, '.repeat(500)}]»`);
  const value = source.context.valueOf(source.node);
  assert.equal(value.kind, 'array');
  assert.deepEqual(value.kind === 'array' && [value.items.length, printValue(source, value).indexOf('",')], [501, 302]);
});

test('value: spans leave out leading comments', () => {
  const source = markedSource('x = /* why */ «{ /* a */ a: 1 }»');
  const value = source.context.valueOf(source.node);
  const property = value.kind === 'object' ? value.properties[0] : undefined;
  const textOf = (span: { start: number; end: number } | undefined) => span && source.text.slice(span.start, span.end);
  assert.deepEqual([textOf(value.span), textOf(property?.span)], ['{ /* a */ a: 1 }', 'a: 1']);
});

test('value: a long chain of alternatives stays small', () => {
  const source = markedSource(`x = «${Array.from({ length: 200 }, (_, at) => `a${at}`).join(' || ')}»`);
  assert.ok(JSON.stringify(source.context.valueOf(source.node)).length < 40_000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ts } from 'ts-morph';
import { parseSource } from '#syntax/parseSource.ts';
import { buildScopes } from '#syntax/scopes.ts';

/** Declarations as `kind name(path): reads/writes`. */
function check(code: string, expected: readonly string[]): void {
  test(`scopes: ${code}`, () => {
    const scopes = buildScopes(parsed(code));
    const printed = scopes.declarations.map((declaration) => {
      const path = declaration.path.length > 0 ? `(${declaration.path.join('.')})` : '';
      const counts = `${scopes.readsOf(declaration).length}/${scopes.writesOf(declaration).length}`;
      return `${declaration.kind} ${declaration.rest ? '...' : ''}${declaration.name}${path}: ${counts}`;
    });
    assert.deepEqual(printed, expected);
  });
}

function parsed(code: string): ts.SourceFile {
  const file = parseSource('file.tsx', code);
  assert.ok(file !== null);
  return file;
}

check('const a = 1; a; a;', ['const a: 2/0']);
check('let a = 1; a = 2; a += 1; a++; --a; a;', ['let a: 4/4']);
check('f(); function f() {}', ['function f: 1/0']);
check('function f(a: string): void; function f(a) {} f(1)', [
  'function f: 0/0',
  'param a: 0/0',
  'function f: 1/0',
  'param a: 0/0',
]);
check('{ let a; a } a', ['let a: 1/0']);
check('{ var a; a } a', ['var a: 2/0']);
check('function f() { if (x) { var a = 1 } a } a', ['function f: 0/0', 'var a: 1/0']);
check('const { a, b: { c }, ...d } = x', ['const a(a): 0/0', 'const c(b.c): 0/0', 'const ...d: 0/0']);
check('function f({ a = 1 }, [b], ...c) { a; b; c }', [
  'function f: 0/0',
  'param a(a): 1/0',
  'param b([]): 1/0',
  'param ...c: 1/0',
]);
check('import a, { b as c, type T } from "x"; import * as d from "y"; a; c; d', [
  'import a: 1/0',
  'import c: 1/0',
  'import T: 0/0',
  'import d: 1/0',
]);
check('class A { a = A; b() { return A } }', ['class A: 2/0']);
check('const x = class A { a = A }; A', ['const x: 0/0', 'class A: 1/0']);
check('let a, b; [a, { c: b }] = x; ({ a } = y); ({ a: b = a } = z)', ['let a: 1/2', 'let b: 0/2']);
check('let a; for (a of x) {} for (const b of a) b', ['let a: 1/1', 'const b: 1/0']);
check('try {} catch (a) { a }', ['catch a: 1/0']);
check('const a = 1; x.a; ({ a: 2 }); ({ a }); <a a={a} />', ['const a: 2/0']);
check('const A = 1; <A />; <A></A>; <A.B />', ['const A: 3/0']);
check('const a = 1; a: for (;;) { break a }', ['const a: 0/0']);
check('const a = 1; export { a as b }; export { a as c } from "x"; export default a', ['const a: 2/0']);
check('const a = 1; let b: typeof a; type C = a; interface D { a: a } ', ['const a: 0/0', 'let b: 0/0']);
check('const a = 1; function f(b = a) { const a = 2; return a }', [
  'const a: 0/0',
  'function f: 0/0',
  'param b: 0/0',
  'const a: 2/0',
]);
check('namespace N { export const a = 1; a } N', ['namespace N: 1/0', 'const a: 1/0']);
check('enum E { A, B = A } E.A', ['enum E: 1/0']);
check('@dec(a) class A { @dec(a) b(@dec(a) c) {} } const a = 1; function dec() {}', [
  'class A: 0/0',
  'param c: 0/0',
  'const a: 3/0',
  'function dec: 3/0',
]);
check('switch (x) { case a: let a = 1 } a', ['let a: 1/0']);
check('const f = function g() { g }; g', ['const f: 0/0', 'function g: 1/0']);
check('using a = b; a', ['using a: 1/0']);

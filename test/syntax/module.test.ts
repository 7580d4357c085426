import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '#syntax/extractFacts.ts';
import type { FileFacts } from '#syntax/facts.ts';
import { printReference, printValue } from './markedSource.ts';

function check(
  what: string,
  print: (facts: FileFacts, text: string) => unknown,
  cases: readonly (readonly [string, unknown])[],
): void {
  for (const [text, expected] of cases) {
    test(`${what}: ${text}`, () => assert.deepEqual(print(extractFacts('file.tsx', text), text), expected));
  }
}

check(
  'imports',
  (facts) =>
    facts.imports.map(({ specifier, name, local, typeOnly, dynamic }) =>
      [name, 'as', local, 'from', specifier, typeOnly && 'type', dynamic && 'dynamic']
        .filter((word) => word !== false)
        .join(' '),
    ),
  [
    ['import a from "x"', ['default as a from x']],
    ['import * as a from "x"', ['* as a from x']],
    [
      'import a, { b, c as d, type E } from "x"',
      ['default as a from x', 'b as b from x', 'c as d from x', 'E as E from x type'],
    ],
    ['import type { A } from "x"', ['A as A from x type']],
    ['import "x"', []],
    ['import a = require("x")', ['* as a from x']],
    ['const a = require("x")', ['* as a from x']],
    ['const { a } = require("x")', ['* as  from x']],
    ['const f = () => require("x")', ['* as  from x dynamic']],
    ['const a = await import("x")', ['* as a from x dynamic']],
    ['import(x)', []],
  ],
);

check(
  'exports',
  (facts, text) =>
    facts.exports.map(({ name, value, from }) => {
      if (from !== null) return `${name}: ${from.name} from ${from.specifier}`;
      return `${name}: ${value === null ? null : printReference({ facts, text }, value)}`;
    }),
  [
    ['export const a = b.c, d = 1', ['a: global b → c', 'd: variable d']],
    ['export const { a, b: [c] } = x', ['a: global x → a', 'c: global x → b → []']],
    ['export function a() {}', ['a: function a']],
    ['export function a(b: string): void; export function a(b) {}', ['a: function a']],
    ['export class A {}', ['A: class A']],
    ['export enum A {}', ['A: variable A']],
    ['export interface A {}', []],
    ['export const GET = withAuth(async () => {})', ['GET: call withAuth']],
    ['const a = b; export { a, a as c }', ['a: global b', 'c: global b']],
    ['import { a } from "x"; export { a }', ['a: import a from x']],
    ['type A = 1; export { A }', ['A: null']],
    ['export { a as b, default } from "x"', ['b: a from x', 'default: default from x']],
    ['export * from "x"; export * from "y"', ['*: * from x', '*: * from y']],
    ['export * as a from "x"', ['a: * from x']],
    ['export default function a() {}', ['default: function a']],
    ['export default class {}', ['default: class null']],
    ['export default () => {}', ['default: function default']],
    ['export default a.b', ['default: global a → b']],
    ['export default { a: 1 }', ['default: variable default']],
    ['export default memo(A)', ['default: call memo']],
    ['export = { a: 1 }', ['default: variable default']],
    ['module.exports = a.b', ['default: global a → b']],
    [
      'module.exports = { a, b: c.d, e() {} }',
      ['default: variable default', 'a: global a', 'b: global c → d', 'e: function exports.e'],
    ],
    ['exports.a = b; module.exports.c = () => {}', ['a: global b', 'c: function c']],
    ['exports.a = { b: 1 }', ['a: variable a']],
    ['exports = module.exports = a', ['default: global a']],
    ['const module = x; module.exports = a', []],
  ],
);

check(
  'variables',
  (facts, text) =>
    facts.variables.map(({ kind, name, init, typeName, writes }) => {
      const source = { facts, text };
      const start = `${kind} ${name}${typeName === null ? '' : `: ${typeName}`}`;
      const value = init === null ? '' : ` = ${printValue(source, init)}`;
      const later = writes.map(
        (write) => `; ${write.conditional ? '?' : ''}${write.path.join('.')} = ${printValue(source, write.value)}`,
      );
      return start + value + later.join('');
    }),
  [
    ['const a = b', []],
    ['const a = b.c()', []],
    ['const a = { b: 1 }', ['const a = { b: 1 }']],
    ['const a: A.B<C> = 1', ['const a: A.B = 1']],
    ['let a', ['let a']],
    ['let a; a = b; if (c) a = 2', ['let a; = <global b>; ?= 2'.replace('; =', ';  =').replace('; ?=', '; ? =')]],
    ['let a = b; a++', ['let a = <global b>;  = unknown']],
    ['let a = 1; a += 2', ['let a = 1;  = (<variable a> + 2)'.replace('+', '+=')]],
    ['const a = {}; a.b.c = 1; a["d"] = 2; a[e] = 3', ['const a = {  }; b.c = 1; d = 2; ? = 3']],
    [
      'const a = []; a.push(1, b); for (const c of d) a.push(c.e)',
      ['const a = []; [] = 1; [] = <global b>; ?[] = <global d → [] → e>'],
    ],
    ['const a = { b: [] }; a.b.push(1)', ['const a = { b: [] }; b.[] = 1']],
    ['const a = {}; Object.assign(a, { b: 1 }, c)', ['const a = {  }; b = 1; ? = <global c>']],
    ['let a, b; [a, b] = await Promise.all([f(), g()])', ['let a;  = call f', 'let b;  = call g']],
    ['let a; ({ b: { a } } = c)', ['let a;  = <global c → b → a>']],
    ['let { a } = b; a = 1', ['let a = <global b → a>;  = 1']],
    ['let a; const f = () => { a = 1 }', ['let a; ? = 1']],
    ['if (x) { let a; a = 1 }', ['let a;  = 1']],
    ['let a; x && (a = 1); x ? (a = 2) : (a = 3)', ['let a; ? = 1; ? = 2; ? = 3']],
    ['let a; try { a = 1 } catch { a = 2 }', ['let a;  = 1; ? = 2']],
    ['enum A { B, C = "c" }', ['const A = { B: 0, C: "c" }']],
    ['function f(a) { a = 1 }', []],
  ],
);

check(
  'classes',
  (facts, text) =>
    facts.classes.map((fact) => [
      fact.name,
      fact.extends && printReference({ facts, text }, fact.extends),
      fact.implements.join(),
      ...fact.members.map(({ name, static: isStatic, function: index, value, typeName }) => {
        const held =
          index === null ? value && printValue({ facts, text }, value) : `function ${facts.functions[index]?.symbol}`;
        return `${isStatic ? 'static ' : ''}${name}: ${typeName} = ${held}`;
      }),
    ]),
  [
    ['class A extends mix(B) implements C<D>, E.F {}', [['A', 'call mix', 'C,E.F']]],
    [
      'class A { a: B; c = d; e() {} f = () => {}; static g = 1; h(): void; h() {} }',
      [
        [
          'A',
          null,
          '',
          'a: B = null',
          'c: null = <global d>',
          'e: null = function A.e',
          'f: null = function A.f',
          'static g: null = 1',
          'h: null = function A.h',
        ],
      ],
    ],
    [
      'class A { d: D; constructor(private b: B, c: C) { this.d = new D(); this.e = c } }',
      [
        [
          'A',
          null,
          '',
          'd: D = call D',
          'constructor: null = function A.constructor',
          'b: B = <param 0 of A.constructor>',
          'e: null = <param 1 of A.constructor>',
        ],
      ],
    ],
  ],
);

check(
  'comparisons',
  (facts, text) =>
    facts.comparisons.map(
      ({ left, right }) => `${printValue({ facts, text }, left)} | ${printValue({ facts, text }, right)}`,
    ),
  [
    ['if (a > 5) b()', ['<global a> | 5']],
    ['for (let i = 0; i < n; i++) a()', []],
    ['if (1 < 2) a()', []],
  ],
);

check(
  'members that are checked',
  (facts, text) =>
    facts.classes.flatMap(({ members }) =>
      members.map(
        ({ name, decorators, nameSpan }) =>
          `${name}: ${decorators.map((each) => each.name).join()} ${nameSpan && text.slice(nameSpan.start, nameSpan.end)}`,
      ),
    ),
  [['class A { @Min(1) @Max(5) size = 1; run() {} }', ['size: Min,Max size', 'run:  null']]],
);

import type { Span } from '#shared/location.ts';
import type { AbsentFact } from './absentFact.ts';
import type { NarrowingFact } from './narrowingFact.ts';
import type { TurnFact } from './turnFact.ts';
import type { Usage } from './usage.ts';
import type { Reference, Value } from './values.ts';
import type { WaitsFact } from './waitFact.ts';

/**
 * All that is known of one TypeScript file from its text alone: plain data, serialisable, keyed by the text's hash.
 * Entries refer to each other by index into these arrays; `functions[0]` is the module body.
 */
export interface FileFacts {
  readonly path: string;
  readonly hash: string;
  /** Offset of each line's first character. */
  readonly lineStarts: readonly number[];
  /** How its lines and statements end and are indented, so that what is written into it looks the same. */
  readonly layout: LayoutFact;
  /** End of the last import declaration, where another line may follow; null where there is none. */
  readonly importsEnd: number | null;
  /** `'use client'` or `'use server'` at the top of the file. */
  readonly directives: readonly string[];
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly functions: readonly FunctionFact[];
  readonly classes: readonly ClassFact[];
  readonly variables: readonly VariableFact[];
  readonly calls: readonly CallFact[];
  readonly loops: readonly LoopFact[];
  /** Requests that stand in the body of a loop. */
  readonly turns: readonly TurnFact[];
  /** Calls awaited one after the other. */
  readonly waits: readonly WaitsFact[];
  readonly comparisons: readonly ComparisonFact[];
  /** Lists of rows with which one thing is done. */
  readonly narrowings: readonly NarrowingFact[];
  readonly entryPoints: readonly EntryPointFact[];
  readonly evidence: readonly EvidenceFact[];
  readonly ignores: readonly IgnoreFact[];
}

/** How the file is laid out, so that what is written into it looks like the rest. */
export interface LayoutFact {
  readonly lineBreak: '\n' | '\r\n';
  readonly indent: '\t' | ' ';
  /** Characters of one step of indentation. */
  readonly step: number;
  readonly semicolons: boolean;
}

/**
 * One imported name; `name` is `default`, `*` for a namespace, a whole `require` or `import()`, or the exported name.
 * What is read from a `*` import is in the references to it: `const { db } = require('x')` gives it the path `db`.
 */
export interface ImportFact {
  readonly specifier: string;
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
  /** `import()` and lazy `require` inside a function. */
  readonly dynamic: boolean;
  readonly span: Span;
}

/**
 * One exported name: something of this file, or a re-export of another module's (`name: '*'` for `export *`).
 * `module.exports = x` and `export = x` are `default`; the members of an object assigned to it are exported too.
 */
export interface ExportFact {
  readonly name: string;
  readonly value: Reference | null;
  readonly from: { readonly specifier: string; readonly name: string } | null;
}

/** A function body: declaration, method, accessor, arrow, callback, object-literal method, or the module itself. */
export interface FunctionFact {
  readonly index: number;
  /** Its own name, or the name of what it is assigned to; null for an unnamed callback. */
  readonly name: string | null;
  /** Path of enclosing names, stable under line moves: `OrderService.list`, `GET`, `list.map#0`, `get(/users)`; empty for the module. */
  readonly symbol: string;
  readonly span: Span;
  readonly nameSpan: Span;
  /** Lexically enclosing function; null for the module. */
  readonly parent: number | null;
  /** Class whose member it is. */
  readonly class: number | null;
  readonly static: boolean;
  readonly async: boolean;
  readonly generator: boolean;
  readonly parameters: readonly ParameterFact[];
  /** What it returns, each `return` (or the arrow's expression) once. */
  readonly returns: readonly Value[];
  /** Where it is written in place as an argument of a call: `xs.map(HERE)`. */
  readonly argumentOf: { readonly call: number; readonly argument: number; readonly path: readonly string[] } | null;
  readonly decorators: readonly DecoratorFact[];
  /** `'use server'`, `'use cache'`, … as first statements of the body. */
  readonly directives: readonly string[];
  /** It returns JSX. */
  readonly jsx: boolean;
}

/** A parameter of a function, by its place. */
export interface ParameterFact {
  /** Null when destructured; the names it binds are then found through {@link Reference} paths. */
  readonly name: string | null;
  /** Written type without type arguments (`OrderService`, `Prisma.TransactionClient`), null when absent or structural. */
  readonly typeName: string | null;
  /** `constructor(private readonly orders: OrderService)`. */
  readonly property: boolean;
  readonly rest: boolean;
  readonly default: Value | null;
  /** Parts of it that may not be there by its written type, as far as that stands in this file; defaults count. */
  readonly absent: readonly AbsentFact[];
  readonly decorators: readonly DecoratorFact[];
  /** What the function does with the argument. */
  readonly usage: Usage;
  readonly span: Span;
}

/** A decorator of a class, a member or a parameter. */
export interface DecoratorFact {
  /** Dotted callee text: `Get`, `ResolveField`. */
  readonly name: string;
  readonly arguments: readonly Value[];
  readonly span: Span;
}

/** A class with what it is made of. */
export interface ClassFact {
  readonly index: number;
  readonly name: string | null;
  readonly extends: Reference | null;
  /** Interfaces named in `implements`, without type arguments. */
  readonly implements: readonly string[];
  readonly decorators: readonly DecoratorFact[];
  readonly members: readonly MemberFact[];
  readonly span: Span;
}

/** A method or property of a class. */
export interface MemberFact {
  readonly name: string;
  readonly static: boolean;
  /** Method, accessor or arrow-valued property. */
  readonly function: number | null;
  /** Initialiser of a property, or the value its constructor assigns (`this.x = …`). */
  readonly value: Value | null;
  /** Written type of a property or constructor parameter property. */
  readonly typeName: string | null;
  /** Of properties only; those of a method are its function's. */
  readonly decorators: readonly DecoratorFact[];
  /** Where a property is declared; null of everything else. */
  readonly nameSpan: Span | null;
}

/** A `const`, `let`, `var` with its initialiser; only what can be referred to by value is kept. */
export interface VariableFact {
  readonly index: number;
  readonly name: string;
  readonly kind: 'const' | 'let' | 'var' | 'using';
  /** Function it is declared in; 0 at module level. */
  readonly function: number;
  readonly init: Value | null;
  readonly typeName: string | null;
  /**
   * Later assignments, in source order: to the variable itself (empty path) or into it (`where.status = …`).
   * `list.push(x)` writes to `[]`, `Object.assign(where, { a })` to `a`; a key not known is `?`.
   */
  readonly writes: readonly WriteFact[];
  readonly span: Span;
}

/** An assignment to a variable, or to something in it. */
export interface WriteFact {
  readonly path: readonly string[];
  readonly value: Value;
  /** Stands under an `if`, a loop, a `case` or a nested function, seen from the declaration. */
  readonly conditional: boolean;
  readonly span: Span;
}

/** A call, `new`, tagged template or JSX component (`<div>` is none). Prisma queries are calls whose callee path ends in delegate and operation. */
export interface CallFact {
  readonly index: number;
  readonly kind: 'call' | 'new' | 'tagged' | 'render';
  /** Whole expression. */
  readonly span: Span;
  /** Last name of the callee: where a squiggle goes. */
  readonly nameSpan: Span;
  /** Aliases and destructuring are already followed: `const { user } = prisma; user.count()` has the path `prisma`→`user`→`count`. */
  readonly callee: Reference;
  /** A JSX element has one: the object of its props. A tagged template has the template, then its substitutions. */
  readonly arguments: readonly Value[];
  /** Innermost function it stands in. */
  readonly function: number;
  /** Loop statements around it inside that function, outermost first. */
  readonly loops: readonly number[];
  /** Its promise is awaited right here (`await f()`), so nothing after it in the function starts before it ends. */
  readonly awaited: boolean;
  /** It is returned right here: `return f()` or the body of an arrow. */
  readonly returned: boolean;
  /** An earlier `await` in the same function (or loop body) runs before it on some path: the call is not in the caller's tick. */
  readonly afterAwait: boolean;
  /** Branches it stands under within its function, outermost first: `if`, `else`, `case`, `?:`, `&&`, `catch`. */
  readonly branches: readonly BranchFact[];
  /** What happens to the value it (finally, after `await`) gives. */
  readonly usage: Usage;
}

/** A condition that decides whether a call is reached. */
export interface BranchFact {
  readonly kind: 'if' | 'else' | 'case' | 'conditional' | 'logical' | 'catch' | 'finally';
  /** The tested expression's span; for `catch` the whole clause. */
  readonly test: Span;
  /** Names the test mentions, dotted. */
  readonly mentions: readonly string[];
  /** Where what decides begins, the `if` or the `switch`: of its branches one run takes one. */
  readonly of: number;
  /** Which of its branches, from 0. */
  readonly part: number;
  /** It ends by leaving: what stands behind runs only where the branch is not taken. */
  readonly leaves: boolean;
}

/** A loop statement, or a call that runs a callback once per element (`xs.map(cb)`, `Promise.all` stays a call around it). */
export interface LoopFact {
  readonly index: number;
  readonly kind: 'for' | 'for-of' | 'for-in' | 'for-await' | 'while' | 'do-while' | 'callback';
  readonly span: Span;
  /** The words a person reads as the loop: `for (… of …)`, or `xs.map`. */
  readonly header: Span;
  /** Function it stands in. */
  readonly function: number;
  /** Loop statements around it inside that function, outermost first. */
  readonly loops: readonly number[];
  /** For `callback`: the iterating call and the function run per element (null when passed by name). */
  readonly call: number | null;
  readonly body: number | null;
  /** What it goes over: the iterable, the receiver of the array method, or the array whose `.length` bounds a `for`. */
  readonly over: Value | null;
  /** `over` as it is written, on one line and at most 60 characters; null where it is missing or longer. */
  readonly overText: string | null;
  /** How it progresses, decided from the text alone. */
  readonly shape: LoopShape;
  /** Calls waited for right before the loop is left for good, so that they run in one turn only. */
  readonly lastCalls: readonly number[];
  /** Iterations are started without waiting for each other: array callbacks that are async or return promises. */
  readonly concurrent: boolean;
}

/**
 * `each`: once per element. `literal`: over a literal or constant of so many elements. `counted`: a fixed count.
 * `chunks`: slices of a constant size. `pages`: cursor, offset or until-empty paging. `retry`: attempts, uniqueness probing.
 * `poll`: waits for a state, or a worker's endless loop. `once`: leaves unconditionally in its first turn. `search`: leaves at the
 * first query whose answer fits. `unknown`: a `while` nothing is known of.
 */
export type LoopShape =
  | { readonly kind: 'each' }
  | { readonly kind: 'literal'; readonly size: number }
  | { readonly kind: 'counted'; readonly size: number }
  | { readonly kind: 'chunks' | 'pages' | 'retry' | 'poll' | 'once' | 'search' | 'unknown'; readonly why: string };

/** `limit > MAX`, wherever it stands but in the head of a `for`: what was compared may have been cut to a size. */
export interface ComparisonFact {
  readonly function: number;
  readonly left: Value;
  readonly right: Value;
}

/** A place where the outside world enters: a request, a message, a command, a rendered page. */
export interface EntryPointFact {
  readonly framework: Framework;
  readonly kind: 'route' | 'page' | 'loader' | 'procedure' | 'resolver' | 'action' | 'job' | 'command' | 'middleware';
  /** Upper-case HTTP method, `QUERY`/`MUTATION` for procedures and resolvers, null when any or none. */
  readonly method: string | null;
  /** Route path as far as the text tells it. */
  readonly route: string | null;
  /** What runs: usually a function of this file or a reference to one; wrappers are peeled off. */
  readonly handler: Value;
  /** Wrappers and middleware around it, outermost first, by dotted name: `withCache`, `withAuth`, `requireUser`. */
  readonly wrappers: readonly string[];
  /** Caching settings of the module or route: `revalidate = 60`, `dynamic = 'force-static'`, `cacheStrategy`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly span: Span;
}

/** What lets requests in. */
export type Framework =
  | 'next-app'
  | 'next-pages'
  | 'express'
  | 'fastify'
  | 'hono'
  | 'koa'
  | 'nest'
  | 'remix'
  | 'sveltekit'
  | 'trpc'
  | 'graphql'
  | 'discord'
  | 'queue'
  | 'other';

/** A sign in a function's text that its answer is cached or depends on who asks. */
export interface EvidenceFact {
  /** `cache`: a cache is read or wraps work. `http-cache`: a response header lets others cache. `user`: who asks is looked at. */
  readonly kind: 'cache' | 'http-cache' | 'no-store' | 'user' | 'write';
  /** Function whose text shows it; 0 for module level. */
  readonly function: number;
  /** The name seen: `unstable_cache`, `Cache-Control`, `getServerSession`. */
  readonly sign: string;
  readonly span: Span;
}

/** `// querylens-ignore-next-line rule -- reason`, also `-line`, `-file`, `-start` and `-end`. */
export interface IgnoreFact {
  readonly scope: 'next-line' | 'line' | 'file' | 'start' | 'end';
  /** Rule ids; empty means all. */
  readonly rules: readonly string[];
  readonly reason: string | null;
  /** 1-based line of the comment. */
  readonly line: number;
  readonly span: Span;
}

import type { ts } from 'ts-morph';
import type { Declaration } from './declarations.ts';
import type { SourceContext } from './sourceContext.ts';
import type { EscapeReason, Usage, Use } from './usage.ts';
import { ANY_KEY, type Part, publicPath } from './usageParts.ts';

/** One value's way through a file: what is still to be followed, and the uses found so far. */
export interface Trace {
  readonly context: SourceContext;
  /** The node's value holds the part: what stands around it is looked at next; null parts are elsewhere and ignored. */
  follow(node: ts.Node, part: Part | null): void;
  /** Every place that reads the name is followed. */
  followReads(declaration: Declaration, part: Part): void;
  read(node: ts.Node, part: Part): void;
  /** A test of something around the part tells nothing of the part. */
  test(node: ts.Node, part: Part): void;
  escape(node: ts.Node, part: Part, reason: EscapeReason): void;
  add(use: Use): void;
}

/** Looks at what stands around a node that holds a part. */
type Step = (trace: Trace, node: ts.Node, part: Part) => void;

/** So many places of one value are looked at before the rest is given up as not followed. */
const MAX_STEPS = 2500;
/** Deeper parts come from recursion over linked values. */
const MAX_DEPTH = 12;

/** Follows a value from where `start` puts it until every way has ended in a use. */
export function traceValue(context: SourceContext, step: Step, start: (trace: Trace) => void): Usage {
  const uses: Use[] = [];
  const pending: { readonly node: ts.Node; readonly part: Part }[] = [];
  const seen = new Map<ts.Node, Set<string>>();

  const trace: Trace = {
    context,
    follow(node, part) {
      if (part === null || !isNew(seen, node, part)) return;
      if (part.path.length + part.at.length > MAX_DEPTH) trace.escape(node, part, 'other');
      else pending.push({ node, part });
    },
    followReads(declaration, part) {
      for (const read of context.scopes.readsOf(declaration)) trace.follow(read, part);
    },
    read: (node, { path }) => trace.add({ kind: 'read', path, span: context.spanOf(node) }),
    test(node, { path, at }) {
      if (at.length === 0) trace.add({ kind: 'test', path, span: context.spanOf(node) });
    },
    escape: (node, { path }, reason) => trace.add({ kind: 'escape', path, reason, span: context.spanOf(node) }),
    add: (use) => uses.push(use),
  };

  start(trace);
  for (let next = 0; next < pending.length; next++) {
    const { node, part } = pending[next] ?? {};
    if (!node || !part) break;
    if (next < MAX_STEPS) step(trace, node, part);
    else trace.escape(node, part, 'other');
  }
  return inSourceOrder(uses);
}

/** `f(user)`, `<Row user={user} />`; under a key nobody knows the part is lost from sight. */
export function passTo(trace: Trace, node: ts.Node, part: Part, call: number, argument: number): void {
  const at = publicPath(part.at);
  if (at.includes(ANY_KEY)) trace.escape(node, part, 'stored');
  else trace.add({ kind: 'pass', path: part.path, call, argument, at, span: trace.context.spanOf(node) });
}

/** `return { items: rows }`. */
export function returnFrom(trace: Trace, node: ts.Node, part: Part, functionIndex: number): void {
  const at = publicPath(part.at);
  if (at.includes(ANY_KEY)) trace.escape(node, part, 'stored');
  else trace.add({ kind: 'return', path: part.path, function: functionIndex, at, span: trace.context.spanOf(node) });
}

function isNew(seen: Map<ts.Node, Set<string>>, node: ts.Node, part: Part): boolean {
  const key = `${part.path.join('.')}|${part.at.join('.')}`;
  const known = seen.get(node);
  if (known?.has(key)) return false;
  if (known) known.add(key);
  else seen.set(node, new Set([key]));
  return true;
}

function inSourceOrder(uses: readonly Use[]): Usage {
  return uses.length < 2 ? uses : uses.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

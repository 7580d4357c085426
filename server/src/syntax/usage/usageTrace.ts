import type { ts } from 'ts-morph';
import type { Declaration } from '../declarations.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { EscapeReason, Usage, Use } from '../usage.ts';
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
  const seen: Seen = { nodes: [], parts: [], known: null };

  const trace: Trace = {
    context,
    follow(node, part) {
      if (part === null || !isNew(seen, node, part)) return;
      if (part.path.length + part.at.length > MAX_DEPTH || isWalk(seen, node, part)) trace.escape(node, part, 'other');
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

/** The places passed. Most values have a handful: only longer ways are worth a map. */
interface Seen {
  readonly nodes: ts.Node[];
  readonly parts: Part[];
  known: Map<ts.Node, Part[]> | null;
}

const MAX_SCANNED = 24;

function isNew(seen: Seen, node: ts.Node, part: Part): boolean {
  if (partsAt(seen, node).some((each) => isSame(each.path, part.path) && isSame(each.at, part.at))) return false;
  seen.nodes.push(node);
  seen.parts.push(part);
  seen.known?.set(node, [...(seen.known.get(node) ?? []), part]);
  return true;
}

/** The place was passed twice before with parts around this one: `node = node.parent` in a loop. */
function isWalk(seen: Seen, node: ts.Node, part: Part): boolean {
  const around = partsAt(seen, node).filter(
    (each) => each.path.length < part.path.length && isSame(each.path, part.path.slice(0, each.path.length)),
  );
  return around.length >= 2;
}

function partsAt(seen: Seen, node: ts.Node): readonly Part[] {
  if (seen.nodes.length > MAX_SCANNED) {
    seen.known ??= Map.groupBy(seen.parts, (_, at) => seen.nodes[at] ?? node);
    return seen.known.get(node) ?? NO_PARTS;
  }
  return seen.nodes.includes(node) ? seen.parts.filter((_, at) => seen.nodes[at] === node) : NO_PARTS;
}

const NO_PARTS: readonly Part[] = [];

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

function inSourceOrder(uses: readonly Use[]): Usage {
  return uses.length < 2 ? uses : uses.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

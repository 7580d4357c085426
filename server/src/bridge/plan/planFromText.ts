import { type Condition, conditionOf, isName, kindOf, type PlanNode } from './planNode.ts';

/** From the text of PostgreSQL's EXPLAIN; null where it has no step that is understood. */
export function planFromText(text: string): PlanNode | null {
  const open: OpenNode[] = [];
  let root: OpenNode | null = null;
  for (const line of withoutStrings(text).split('\n')) {
    const step = stepOf(line);
    if (step) {
      while ((open.at(-1)?.indent ?? -1) >= step.indent) open.pop();
      open.at(-1)?.inner.push(step);
      if (open.length === 0 && root !== null) break;
      root ??= step;
      open.push(step);
      continue;
    }
    const [, kind, told] = /^\s+([A-Z][A-Za-z-]*(?: [A-Za-z]+){0,4}): (.*)$/.exec(line) ?? [];
    const condition = kind !== undefined && told !== undefined ? conditionOf(kind, told) : null;
    if (condition) open.at(-1)?.conditions.push(condition);
  }
  return root;
}

/** A text in a condition may hold anything, ends of lines and whole lines of a plan among it. */
function withoutStrings(text: string): string {
  return text.replace(/"[^"\n]*"|'(?:[^']|'')*(?:'|$)/g, (found) => (found.startsWith('"') ? found : '?'));
}

interface OpenNode extends PlanNode {
  readonly indent: number;
  readonly conditions: Condition[];
  readonly inner: OpenNode[];
}

const STEP = /^(\s*)(?:->\s+)?([A-Z][^(]*?)\s+\((?:cost|actual|never)/;

/** In characters: three names and some figures. */
const LONGEST_STEP = 1000;

function stepOf(line: string): OpenNode | null {
  if (line.length > LONGEST_STEP) return null;
  const [, before, told] = STEP.exec(line) ?? [];
  const what = told === undefined ? null : stepName(told);
  if (before === undefined || what === null) return null;
  const [, time, rows, loops] = /\(actual (?:time=[\d.]+\.\.([\d.]+) )?rows=([\d.]+) loops=(\d+)\)/.exec(line) ?? [];
  const runs = Number(loops ?? 1);
  return {
    ...{ indent: before.length, what, runs, conditions: [], inner: [] },
    rows: rows === undefined ? null : Math.round(Number(rows) * runs),
    ms: time === undefined ? null : Number(time) * runs,
  };
}

/** `Index Scan using "Post_pkey" on public."Post" p`: what each word is, is known. */
function stepName(told: string): string | null {
  const [, kind = '', using, on, alias] =
    /^(.*?)(?: using ("[^"]*"|\S+))?(?: on ((?:"[^"]*"|[^\s".]+)(?:\.(?:"[^"]*"|[^\s".]+))?)(?: ("[^"]*"|\S+))?)?$/.exec(
      told,
    ) ?? [];
  const name = kindOf(kind);
  if (name === null) return null;
  const of = (word: string, told: string | undefined) =>
    told !== undefined && isName(told) ? `${word}${told.replaceAll('"', '')}` : '';
  return name + of(' using ', using) + of(' on ', on) + of(' ', alias);
}

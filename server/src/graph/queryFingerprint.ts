import { createHash } from 'node:crypto';
import type { Property, Reference, Value } from '#syntax/values.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from './projectGraph.ts';
import { rawSql } from './rawSql/rawSql.ts';
import { textOfParts } from './rawSql/sqlPart.ts';

/**
 * The same for as long as a call asks the same: model, operation and what is written of its arguments, wherever that stands, with the values
 * that are written out. Places, layout, the order of keys and the names of variables are none of it; what only callers or the run know is `?`.
 */
export function queryFingerprint(graph: ProjectGraph, site: QuerySite): string {
  return graph.remember(site, 'query fingerprint', () => {
    const asked = site.access === 'raw' ? rawText(graph, site) : printedArguments(graph, site);
    const name = [site.model?.name ?? '', site.operation, ...site.fluent].join('.');
    return WAY + createHash('sha256').update(`${name}\0${asked}`).digest('base64url').slice(0, 10);
  });
}

/** One character for the way in which fingerprints are made; to be another as soon as the same query gets another one. */
const WAY = '1';

/** Whether two fingerprints were made in the same way, so that a difference tells that the query changed. */
export function isComparable(a: string, b: string): boolean {
  return a.charAt(0) === b.charAt(0);
}

/** By the id of a call site: the fingerprint of the query that stands there now, null where none does. */
export function fingerprintsOf(graph: ProjectGraph): (site: string) => string | null {
  const sites = new Map(graph.sites.map((site) => [site.id, site]));
  return (id) => {
    const site = sites.get(id);
    return site ? queryFingerprint(graph, site) : null;
  };
}

function rawText(graph: ProjectGraph, site: QuerySite): string {
  const raw = rawSql(graph, site);
  if (raw === null) return printedArguments(graph, site);
  const texts = raw.variants.map(({ parts }) => textOfParts(parts, () => '?').replace(/\/\*.*?\*\//gs, '?'));
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).join('\n');
}

function printedArguments(graph: ProjectGraph, { file, call }: QuerySite): string {
  const print = printer(graph);
  return call.arguments.map((value) => print({ file, value })).join();
}

/** Names, calls and objects one inside the other. */
const MAX_DEPTH = 24;
/** A search through functions that call each other in many ways has to end. */
const MAX_STEPS = 4000;

const UNKNOWN = '?';

type Print = (from: ResolvedValue) => string;

function printer(graph: ProjectGraph): Print {
  let steps = MAX_STEPS;
  const at =
    (depth: number): Print =>
    (from) => {
      steps -= 1;
      if (depth > MAX_DEPTH || steps < 0) return UNKNOWN;
      const known = graph.resolve(from.file, from.value);
      return printedValue(graph, known, at(depth + 1)) + printedWrites(graph, from, at(depth + 1));
    };
  return at(0);
}

function printedValue(graph: ProjectGraph, { file, value }: ResolvedValue, print: Print): string {
  const inner = (each: Value) => print({ file, value: each });
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'bigint' ? `${value.value}n` : JSON.stringify(value.value);
    case 'undefined':
      return 'undefined';
    case 'object':
      return `{${printedProperties(value.properties, inner).join()}}`;
    case 'array':
      return `[${value.items.map(inner).join()}]`;
    case 'spread':
      return `...${inner(value.value)}`;
    case 'choice':
      return `(${value.options.map(inner).join('|')})`;
    case 'binary':
      return `(${inner(value.left)}${value.operator}${inner(value.right)})`;
    case 'unary':
      return `${value.operator}${inner(value.operand)}`;
    case 'template':
      return JSON.stringify(value.texts);
    case 'call':
      return printedCall(graph, file, value.call, print);
    case 'reference':
      return printedReference(graph, file, value.to, print);
    default:
      return UNKNOWN;
  }
}

/** Keys in any order ask the same, as long as no spread stands between them. */
function printedProperties(properties: readonly Property[], inner: (value: Value) => string): readonly string[] {
  const runs: string[][] = [[]];
  for (const property of properties) {
    if (property.kind === 'property') runs.at(-1)?.push(`${JSON.stringify(property.key)}:${inner(property.value)}`);
    else runs.push([property.kind === 'spread' ? `...${inner(property.value)}` : `[?]:${inner(property.value)}`], []);
  }
  return runs.flatMap((run) => run.toSorted());
}

/** The object a function of the project gives; how one comes by a single value is no part of the query. */
function printedCall(graph: ProjectGraph, file: string, index: number, print: Print): string {
  const targets = graph.targets(file, index);
  const given = targets.flatMap((target) => target.fact.returns.map((value) => print({ file: target.file, value })));
  if (given.some((text) => /[[{]/.test(text))) return given.join('|');
  const call = targets.length === 0 ? graph.files.get(file)?.calls[index] : undefined;
  return `${UNKNOWN}(${call?.arguments.map((value) => print({ file, value })).join() ?? ''})`;
}

function printedReference(graph: ProjectGraph, file: string, to: Reference, print: Print): string {
  if (to.path.length > 0) return UNKNOWN;
  if (to.root.kind === 'call') return printedCall(graph, file, to.root.call, print);
  const init = to.root.kind === 'variable' ? graph.files.get(file)?.variables[to.root.variable]?.init : null;
  return init ? print({ file, value: init }) : UNKNOWN;
}

/** `where.status = …` after `const where = {}`. */
function printedWrites(graph: ProjectGraph, { file, value }: ResolvedValue, print: Print): string {
  if (value.kind !== 'reference' || value.to.root.kind !== 'variable' || value.to.path.length > 0) return '';
  const writes = graph.files.get(file)?.variables[value.to.root.variable]?.writes ?? [];
  return writes
    .map((write) => {
      const when = write.conditional ? UNKNOWN : '';
      return `;${when}${write.path.join('.')}=${print({ file, value: write.value })}`;
    })
    .join('');
}

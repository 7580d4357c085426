import { isDriver } from '#schema/drivers.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { type ClientCall, clientCall } from '../drivers/clientPaths.ts';
import type { DriverQuery } from '../drivers/driverQuery.ts';
import { type Continuations, furtherSteps, isPrinted, isStep } from '../drivers/steps.ts';
import type { Entities, FunctionEntity, LinkedFile } from './entities.ts';
import type { Link } from './names.ts';

/** The query a call sends through a driver, or through a function of the project that hands the text on to one; null for any other call. */
export function driverQuery(link: Link, file: LinkedFile, call: CallFact, steps: Continuations): DriverQuery | null {
  if (!link.resolver.hasDrivers || call.kind !== 'call') return null;
  const callees = link.evaluate(file, call.callee);
  const found = ofClient(callees);
  if (found) return found.does.kind === 'build' ? built(link, file, call, found, steps) : sent(link, file, call, found);
  const forward = forwardedBy(link, callees, MAX_WRAPPERS);
  return forward && !isHandedOn(file, call.arguments[forward.argument])
    ? { kind: 'text', call: call.index, ...forward }
    : null;
}

/** Wrappers around wrappers that are followed. */
const MAX_WRAPPERS = 3;

interface OnClient {
  readonly package: string;
  readonly does: ClientCall;
}

function ofClient(entities: Entities): OnClient | null {
  for (const entity of entities) {
    if (entity.kind !== 'package' || !isDriver(entity.name)) continue;
    const does = clientCall(entity.name, entity.path);
    if (does) return { package: entity.name, does };
  }
  return null;
}

/** Of the calls that build one query the last is it; one that is put into another, or only printed, is none. */
function built(
  link: Link,
  file: LinkedFile,
  call: CallFact,
  found: OnClient,
  continuations: Continuations,
): DriverQuery | null {
  const further = furtherSteps(continuations, call.index);
  if (further.length === 1 || isPrinted(continuations, call.index)) return null;
  const first = isStep(call) ? firstStep(link, file, call, continuations) : null;
  if (first === null || isPartOfAnother(link, file, call)) return null;
  return { kind: 'chain', package: found.package, ...first };
}

/** Null where the chain goes on from a variable, from what a function gives, or from what several go on from: that one is the query. */
function firstStep(link: Link, file: LinkedFile, last: CallFact, continuations: Continuations): First | null {
  for (let at: CallFact | undefined = last; at; ) {
    const does = ofClient(link.evaluate(file, at.callee))?.does;
    if (does?.kind !== 'build') return null;
    if (at !== last && (at.awaited || furtherSteps(continuations, at.index).length > 1)) return null;
    if (does.first) return { first: at.index, table: does.table };
    const { root, path }: CallFact['callee'] = at.callee;
    at = root.kind === 'call' && path.length === 1 ? file.facts.calls[root.call] : undefined;
  }
  return null;
}

type First = Pick<Extract<DriverQuery, { kind: 'chain' }>, 'first' | 'table'>;

function isPartOfAnother(link: Link, file: LinkedFile, { index, function: owner }: CallFact): boolean {
  return file.facts.calls.some(
    (other) =>
      other.function === owner &&
      other.arguments.some((value) => holdsCall(value, index)) &&
      ofClient(link.evaluate(file, other.callee))?.does.kind === 'build',
  );
}

function holdsCall(value: Value, call: number): boolean {
  if (value.kind === 'call') return value.call === call;
  if (value.kind === 'array') return value.items.some((item) => holdsCall(item, call));
  return value.kind === 'object' && value.properties.some((property) => holdsCall(property.value, call));
}

function sent(link: Link, file: LinkedFile, call: CallFact, { package: name, does }: OnClient): DriverQuery | null {
  if (does.kind === 'send')
    return isHandedOn(file, call.arguments[0]) || (name === 'knex' && isFragment(link, file, call))
      ? null
      : { kind: 'text', package: name, call: call.index, argument: 0, values: call.arguments.length > 1 ? 1 : null };
  const { root } = call.callee;
  const prepared = root.kind === 'call' ? root.call : null;
  const text = prepared === null ? undefined : file.facts.calls[prepared]?.arguments[0];
  return isHandedOn(file, text) ? null : { kind: 'text', package: name, call: prepared, argument: 0, values: 'all' };
}

/** `db.raw` makes parts of other queries too, which begin like no statement. */
function isFragment(link: Link, file: LinkedFile, call: CallFact): boolean {
  const [text] = call.arguments;
  const begin = text?.kind === 'template' ? text.texts[0] : text?.kind === 'literal' ? `${text.value}` : null;
  return (
    (typeof begin === 'string' && begin.trim() !== '' && !STATEMENT.test(begin)) || isPartOfAnother(link, file, call)
  );
}

const STATEMENT =
  /^\s*(?:--|\/\*|\(?\s*(?:select|with|insert|update|delete|replace|merge|create|alter|drop|truncate|refresh|call|do|explain|set|show|lock|listen|notify|vacuum|analyze|begin|commit|rollback|pragma)\b)/i;

/** The text is what a function of the project is handed: the queries are its calls. */
function isHandedOn({ facts }: LinkedFile, text: Value | undefined): boolean {
  const parameter = text ? parameterOf(text) : null;
  return parameter !== null && facts.functions[parameter.function]?.argumentOf === null;
}

function parameterOf(value: Value): { readonly function: number; readonly index: number } | null {
  if (value.kind !== 'reference' || value.to.path.length > 0) return null;
  return value.to.root.kind === 'parameter' ? value.to.root : null;
}

type Forward = Pick<Extract<DriverQuery, { kind: 'text' }>, 'package' | 'argument' | 'values'>;

/** What a function of the project hands on to a driver as the text, and as the values beside it. */
function forwardedBy(link: Link, callees: Entities, depth: number): Forward | null {
  for (const entity of callees) {
    const forward = entity.kind === 'function' && depth > 0 ? forwardOf(link, entity, depth) : null;
    if (forward) return forward;
  }
  return null;
}

function forwardOf(link: Link, { file, function: index }: FunctionEntity, depth: number): Forward | null {
  if ((file.facts.functions[index]?.parameters.length ?? 0) === 0) return null;
  link.trace.note('body', file.path);
  for (const call of file.facts.calls) {
    const places = call.arguments.map((value) => ownParameter(value, index));
    if (!places.some((place) => place !== null)) continue;
    const callees = link.evaluate(file, call.callee);
    const inner = textPlace(callees) ?? forwardedBy(link, callees, depth - 1);
    const argument = inner ? (places[inner.argument] ?? null) : null;
    if (!inner || argument === null) continue;
    const values = typeof inner.values === 'number' ? (places[inner.values] ?? null) : null;
    return { package: inner.package, argument, values };
  }
  return null;
}

function ownParameter(value: Value, index: number): number | null {
  const parameter = parameterOf(value);
  return parameter?.function === index ? parameter.index : null;
}

function textPlace(callees: Entities): Forward | null {
  const found = ofClient(callees);
  if (found) return found.does.kind === 'send' ? { package: found.package, argument: 0, values: 1 } : null;
  const prepares = callees.find(
    (entity) =>
      entity.kind === 'package' && clientCall(entity.name, [...entity.path, '()', 'all'])?.kind === 'sendPrepared',
  );
  return prepares?.kind === 'package' ? { package: prepares.name, argument: 0, values: null } : null;
}

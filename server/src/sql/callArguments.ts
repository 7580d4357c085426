import { isDeepStrictEqual } from 'node:util';
import { allOutcomes, type Decisions, everyOutcome, type Outcome } from '#graph/decisions.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';
import type { Arguments } from './clientArguments.ts';
import { readData } from './dataArguments.ts';
import { withFluentSteps } from './fluentArguments.ts';
import { readObject, readOneOrMany } from './objects.ts';
import type { Reading } from './reading.ts';
import { withRequiredParts } from './requiredParts.ts';
import { readValue } from './scalarArguments.ts';
import { readCount, readListing } from './selectionArguments.ts';
import { settle } from './settle.ts';
import { createStandIns } from './standIns.ts';
import { readWhere } from './whereArguments.ts';

/** The shapes the arguments of a call may have, and what is not known of them. */
export interface CallArguments {
  /** The usual shape first, then what differs from it in one place each. */
  readonly variants: readonly Outcome<Arguments>[];
  /** How many more single differences were not tried; pairs of those that were are not counted. */
  readonly furtherWays: number;
  /** What was put in for a required part that could not be followed. */
  readonly assumed: readonly string[];
  /** What else is to be known of how they were read: sentences without an end mark. */
  readonly notes: readonly string[];
  /** Parts that lead out of what can be followed, as paths; empty where the variants tell everything. */
  readonly lost: readonly string[];
}

/** More shapes of one call than this tell nobody anything. */
const MAX_VARIANTS = 8;

/** The arguments of a query site as the client gets them, in every shape they may have; null for raw SQL. */
export function callArguments(graph: ProjectGraph, site: QuerySite): CallArguments | null {
  const { model } = site;
  if (!model) return null;
  const told = nothingTold();
  const read = (decisions: Decisions) => readCall(graph, site, model, decisions, false, told);
  const { outcomes, untried } = everyOutcome(read, MAX_VARIANTS);
  return { variants: outcomes, furtherWays: untried, ...sorted(told) };
}

/** The arguments of a call in all shapes they may have together. */
export interface WholeArguments {
  /** Each with what it would be with other values: what is the same in both is said by the code. Null where that cannot be told. */
  readonly shapes: readonly { readonly args: Arguments; readonly other: Arguments | null }[];
  /** How many ways to begin were not tried. */
  readonly untried: number;
  /** Keys in which the shapes differ, as far as they were tried; null where too few were. */
  readonly varying: readonly string[] | null;
  readonly lost: readonly string[];
  readonly assumed: readonly string[];
}

/** More ways than this are not told apart from those of other calls. */
const MAX_SHAPES = 32;

/** Like {@link callArguments} for whoever must know all that a call may send, and with which values. */
export function wholeArguments(graph: ProjectGraph, site: QuerySite): WholeArguments | null {
  const { model } = site;
  if (!model) return null;
  const told = nothingTold();
  const shapes = (other: boolean) =>
    allOutcomes((decisions) => readCall(graph, site, model, decisions, other, told), MAX_SHAPES);
  const [usual, others] = [shapes(false), shapes(true)];
  const paired = usual.results.length === others.results.length && usual.untried === others.untried;
  const pairs = usual.results.map((args, index) => ({ args, other: paired ? (others.results[index] ?? null) : null }));
  const { lost, assumed } = sorted(told);
  return {
    shapes: pairs,
    untried: usual.untried,
    varying: usual.singly ? varyingKeys(usual.results) : null,
    lost,
    assumed,
  };
}

function varyingKeys([first = {}, ...others]: readonly Arguments[]): readonly string[] {
  const keys = new Set([first, ...others].flatMap((args) => Object.keys(args)));
  return [...keys].filter((key) => others.some((args) => !isDeepStrictEqual(args[key], first[key])));
}

/** What reading tells besides what it read, of all shapes together. */
interface Told {
  readonly lost: Set<string>;
  readonly assumed: Set<string>;
  readonly notes: Set<string>;
}

function nothingTold(): Told {
  return { lost: new Set(), assumed: new Set(), notes: new Set() };
}

function sorted({ lost, assumed, notes }: Told) {
  return { lost: [...lost].sort(), assumed: [...assumed].sort(), notes: [...notes] };
}

function readCall(
  graph: ProjectGraph,
  site: QuerySite,
  model: Model,
  decisions: Decisions,
  other: boolean,
  told: Told,
): Arguments {
  const { args, schema, operation } = site;
  const standIns = createStandIns(schema, other);
  const lostNow = new Set<string>();
  const reading: Reading = {
    ...{ depth: 0, graph, schema, standIns, decisions, other },
    lost: (path) => lostNow.add(path),
    note: (text) => told.notes.add(text),
    leftOut: new Set(),
    entered: new Map(),
  };
  const own = args ? readArguments(reading, model, { file: site.file, value: args }) : {};
  const read = withFluentSteps(reading, site, own);
  for (const path of lostNow) told.lost.add(path);
  const isLost = (path: string) => [...lostNow].some((each) => concerns(each, path));
  const { leftOut } = reading;
  const completion = { schema, standIns, isLost, leftOut, assumed: (text: string) => told.assumed.add(text) };
  return withRequiredParts(completion, model, operation, read);
}

/** Whether what was lost at one path may be missing at another, which is a key of the arguments. */
function concerns(lost: string, path: string): boolean {
  return lost === '' || lost === '…' || lost === path || lost.startsWith(`${path}.`) || lost.startsWith(`${path}[`);
}

function readArguments(reading: Reading, model: Model, from: ResolvedValue): Arguments {
  return readObject(reading, from, '', (key, value, path) => readArgument(reading, model, key, value, path)) ?? {};
}

function readArgument(reading: Reading, model: Model, key: string, from: ResolvedValue, path: string): unknown {
  switch (key) {
    case 'data':
    case 'create':
    case 'update':
      return readOneOrMany(reading, from, path, (each, at) => readData(reading, model, each, at) ?? undefined);
    case 'having':
      return readWhere(reading, model, from, path) ?? undefined;
    case 'limit':
      return readCount(reading, from, path);
    case 'skipDuplicates':
    case 'relationLoadStrategy':
      return readKnown(reading, from, path);
    case '_count':
    case '_sum':
    case '_avg':
    case '_min':
    case '_max':
      return readAggregation(reading, from, path);
    default:
      return readListing(reading, model, key, from, path);
  }
}

/** `_count: true`, `_sum: { amount: true }`; `_all` is no field. */
function readAggregation(reading: Reading, from: ResolvedValue, path: string): unknown {
  const settled = settle(reading, from, path);
  if (settled.value.kind !== 'object') return readKnown(reading, settled, path);
  const read = readObject(reading, settled, path, (_key, value, inner) => readKnown(reading, value, inner));
  return read ?? undefined;
}

function readKnown(reading: Reading, from: ResolvedValue, path: string): unknown {
  return readValue(reading, from, path, ({ value }) => {
    if (value.kind === 'literal') return value.value ?? undefined;
    reading.lost(path);
    return undefined;
  });
}

import { everyOutcome, type Outcome } from '#graph/decisions.ts';
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
  const { model, args, schema, operation } = site;
  if (!model) return null;
  const lost = new Set<string>();
  const assumed = new Set<string>();
  const notes = new Set<string>();
  const { outcomes, untried } = everyOutcome((decisions) => {
    const standIns = createStandIns(schema);
    const lostNow = new Set<string>();
    const reading: Reading = {
      depth: 0,
      graph,
      schema,
      standIns,
      decisions,
      lost: (path) => lostNow.add(path),
      note: (text) => notes.add(text),
      leftOut: new Set(),
      entered: new Map(),
    };
    const own = args ? readArguments(reading, model, { file: site.file, value: args }) : {};
    const read = withFluentSteps(reading, site, own);
    for (const path of lostNow) lost.add(path);
    const isLost = (path: string) => [...lostNow].some((each) => concerns(each, path));
    const { leftOut } = reading;
    const completion = { schema, standIns, isLost, leftOut, assumed: (text: string) => assumed.add(text) };
    return withRequiredParts(completion, model, operation, read);
  }, MAX_VARIANTS);
  return {
    variants: outcomes,
    furtherWays: untried,
    lost: [...lost].sort(),
    assumed: [...assumed].sort(),
    notes: [...notes],
  };
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

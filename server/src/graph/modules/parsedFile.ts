import type { CallFact, ExportFact, FileFacts } from '#syntax/facts.ts';
import { createLeads, type Lead } from './leads.ts';
import type { ModuleResolver } from './moduleResolution.ts';
import { createQueryReach, type Reached } from './queryReach.ts';
import { redisReceivers } from './redisCommands.ts';
import { surroundingsOf } from './surroundings.ts';
import { transactionCallbacks } from './transactionCalls.ts';
import { wantsOf } from './wantedFiles.ts';

/** A {@link Lead} into the project: what is asked of which file, or of whichever file exports the name. */
export interface Demand {
  readonly path: string | null;
  readonly name: string;
  readonly steps: readonly string[];
  readonly passive: boolean;
  /** Equal for equal demands. */
  readonly key: string;
}

/** An import or re-export of something of a project file, and what leads to a query if that does. */
export interface Use {
  readonly target: string;
  readonly name: string;
  readonly reached: () => Reached;
}

/** A parsed file as file selection sees it; kept until its facts, or what it was {@link Binding bound} by, change. */
export interface ParsedFile {
  readonly facts: FileFacts;
  /** What leads to its own queries. */
  readonly own: Reached;
  readonly uses: readonly Use[];
  /** What its queries and base classes ask for, whoever calls it. */
  readonly demands: readonly Demand[];
  /** What a function asks for that turns out to lead to a query. */
  demandsOf(functionIndex: number): readonly Demand[];
  /** What it asks for to give what is asked of it. */
  answer(demand: Demand): readonly Demand[];
  /** What it was asked so far, with the answers. */
  answered(): Iterable<readonly [Demand, readonly Demand[]]>;
  /** Files that say something about its entry points. */
  surroundings(importers: (file: string) => readonly string[]): ReadonlySet<string>;
}

/** What names mean: calls that are queries, and specifiers. */
export interface Binding {
  readonly resolver: ModuleResolver;
  readonly isQuery: (call: CallFact) => boolean;
  /** A file made by a generator of Prisma, which is no code of the project's. */
  readonly isGenerated: (file: string) => boolean;
}

export function parsedFile(facts: FileFacts, binding: Binding): ParsedFile {
  const leadsFrom = createLeads(facts);
  const wants = wantsOf(facts, binding.isQuery);
  const reach = createQueryReach(facts, facts.calls.filter(binding.isQuery));
  const named = Map.groupBy(facts.exports, ({ name }) => name);
  const ofFunction = new Map<number, readonly Demand[]>();
  const answers = new Map<string, readonly [Demand, readonly Demand[]]>();

  function bound(leads: readonly Lead[]): readonly Demand[] {
    const demands = leads.map((lead) => demandOf(facts.path, lead, binding)).filter((demand) => demand !== null);
    return demands.length < 2 ? demands : [...new Map(demands.map((demand) => [demand.key, demand])).values()];
  }

  function leadsTo({ name, steps, passive }: Demand): readonly Lead[] {
    const found = named.get(name);
    if (found || name === 'default' || name === '*')
      return (found ?? []).flatMap((fact) => given(fact, steps, passive));
    const stars = facts.exports.flatMap(({ name: each, from }) => (each === '*' && from ? [from.specifier] : []));
    const further = stars.map((specifier) => ({ specifier, name, steps, passive }));
    const whole = named.get('default') ?? [];
    return [...further, ...whole.flatMap(({ value }) => given({ value, from: null }, [name, ...steps], passive))];
  }

  function given(
    { value, from }: Pick<ExportFact, 'value' | 'from'>,
    steps: readonly string[],
    passive: boolean,
  ): readonly Lead[] {
    if (from) return [{ ...from, steps, passive }];
    const leads = value ? leadsFrom({ root: value.root, path: [...value.path, ...steps] }) : [];
    return passive ? leads.map((lead) => ({ ...lead, passive })) : leads;
  }

  return {
    facts,
    own: reach.own,
    uses: usesIn(facts, binding, reach.ofImport),
    demands: bound([...wants.always, ...transactionCallbacks(facts), ...redisReceivers(facts)].flatMap(leadsFrom)),
    demandsOf: (index) => {
      const known = ofFunction.get(index) ?? bound(wants.ofFunction.get(index)?.flatMap(leadsFrom) ?? []);
      ofFunction.set(index, known);
      return known;
    },
    answer: (demand) => {
      const known = answers.get(demand.key) ?? ([demand, bound(leadsTo(demand))] as const);
      answers.set(demand.key, known);
      return known[1];
    },
    answered: () => answers.values(),
    surroundings: (importers) =>
      facts.entryPoints.length > 0 ? surroundingsOf(facts, binding.resolver, importers) : NOTHING,
  };
}

const NOTHING: ReadonlySet<string> = new Set();

/** Null where it leads out of the project's own code. */
function demandOf(from: string, lead: Lead, { resolver, isGenerated }: Binding): Demand | null {
  const { specifier, name, steps, passive } = lead;
  if (specifier === null) return keyed(null, name, steps, passive);
  const resolution = resolver.resolve(from, specifier);
  if (resolution.kind !== 'file' || isGenerated(resolution.file)) return null;
  const [inside, ...rest] = steps;
  const ofModule = name === '*' && inside !== undefined && inside !== '()';
  return ofModule ? keyed(resolution.file, inside, rest, passive) : keyed(resolution.file, name, steps, passive);
}

function keyed(path: string | null, name: string, steps: readonly string[], passive: boolean): Demand {
  return { path, name, steps, passive, key: `${path ?? ''}\0${name}\0${steps.join(' ')}\0${passive}` };
}

/** A demand for a global name, asked of one file that exports it. */
export function demandAt(path: string, { name, steps, passive }: Demand): Demand {
  return keyed(path, name, steps, passive);
}

function usesIn(facts: FileFacts, { resolver }: Binding, ofImport: (index: number) => Reached): readonly Use[] {
  const fileBehind = (specifier: string): string | null => {
    const resolution = resolver.resolve(facts.path, specifier);
    return resolution.kind === 'file' ? resolution.file : null;
  };
  const imported = facts.imports.flatMap(({ specifier, name, typeOnly }, index) => {
    const target = typeOnly ? null : fileBehind(specifier);
    return target === null ? [] : [{ target, name, reached: () => ofImport(index) }];
  });
  const passedOn = facts.exports.flatMap(({ name, from }) => {
    const target = from ? fileBehind(from.specifier) : null;
    if (!from || target === null) return [];
    const reached = { exports: [name], functions: [] };
    return [{ target, name: from.name, reached: () => reached }];
  });
  return [...imported, ...passedOn];
}

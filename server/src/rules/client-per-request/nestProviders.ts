import type { ProjectGraph } from '#graph/projectGraph.ts';
import { propertyOf } from '#graph/queryArgs.ts';
import { referenceName } from '#graph/referenceName.ts';
import type { Location } from '#shared/location.ts';
import type { FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';

/** A client class that several Nest modules list among their providers: Nest makes one for each. */
export interface ProvidedTwice {
  readonly name: string;
  /** Where modules list it, those that pass it on to others last. */
  readonly places: readonly Location[];
}

interface Provider {
  readonly name: string;
  readonly place: Location;
  readonly exported: boolean;
}

/** Client classes listed by more than one module of an application. */
export function* providedTwice(graph: ProjectGraph): Generator<ProvidedTwice> {
  const clients = new Set([...graph.files.values()].flatMap(clientClasses));
  if (clients.size === 0) return;
  const providers = [...graph.files.values()].flatMap((facts) => providersIn(graph, facts, clients));
  const groups = Map.groupBy(providers, ({ name, place }) => `${graph.packageOf(place.file)} ${name}`);
  for (const group of groups.values()) {
    const [first] = group;
    const sorted = [...group.filter(({ exported }) => !exported), ...group.filter(({ exported }) => exported)];
    if (first && group.length > 1) yield { name: first.name, places: sorted.map(({ place }) => place) };
  }
}

function clientClasses(facts: FileFacts): readonly string[] {
  return facts.classes.flatMap((each) =>
    each.name !== null && each.extends && referenceName(facts, each.extends) === 'PrismaClient' ? [each.name] : [],
  );
}

function providersIn(graph: ProjectGraph, facts: FileFacts, clients: ReadonlySet<string>): readonly Provider[] {
  if (graph.role(facts.path) !== 'app') return [];
  return facts.classes.flatMap(({ decorators }) =>
    decorators.flatMap(({ name, arguments: [options] }) => {
      if (name !== 'Module' || !options) return [];
      const listed = (key: string) => namesListed(graph, facts, options, key, clients);
      const exported = new Set(listed('exports').map((each) => each.name));
      return listed('providers').map((each) => ({ ...each, exported: exported.has(each.name) }));
    }),
  );
}

function namesListed(
  graph: ProjectGraph,
  facts: FileFacts,
  options: Value,
  key: string,
  clients: ReadonlySet<string>,
): readonly Omit<Provider, 'exported'>[] {
  const list = propertyOf(graph, { file: facts.path, value: options }, key);
  if (list?.file !== facts.path || list.value.kind !== 'array') return [];
  return list.value.items.flatMap((item) => {
    const name = item.kind === 'reference' ? referenceName(facts, item.to) : '';
    return clients.has(name) ? [{ name, place: { file: facts.path, span: item.span } }] : [];
  });
}

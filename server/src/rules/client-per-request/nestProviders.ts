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
  readonly place: Location;
  readonly exported: boolean;
}

/** Client classes listed by more than one module. */
export function* providedTwice(graph: ProjectGraph): Generator<ProvidedTwice> {
  const modules = [...graph.files.values()].filter(
    ({ path, classes }) =>
      graph.role(path) === 'app' && classes.some(({ decorators }) => decorators.some(({ name }) => name === 'Module')),
  );
  if (modules.length < 2) return;
  for (const facts of graph.files.values()) {
    for (const name of clientClasses(facts)) {
      const providers = modules.flatMap((each) => providersIn(graph, each, name, facts.path));
      const sorted = [
        ...providers.filter(({ exported }) => !exported),
        ...providers.filter(({ exported }) => exported),
      ];
      if (providers.length > 1) yield { name, places: sorted.map(({ place }) => place) };
    }
  }
}

function clientClasses(facts: FileFacts): readonly string[] {
  return facts.classes.flatMap((each) =>
    each.name !== null && each.extends && referenceName(facts, each.extends) === 'PrismaClient' ? [each.name] : [],
  );
}

function providersIn(graph: ProjectGraph, facts: FileFacts, wanted: string, home: string): readonly Provider[] {
  if (!isImported(graph, facts.path, home)) return [];
  return facts.classes.flatMap(({ decorators }) =>
    decorators.flatMap(({ name, arguments: [options] }) => {
      if (name !== 'Module' || !options) return [];
      const exported = placesListed(graph, facts, options, 'exports', wanted).length > 0;
      return placesListed(graph, facts, options, 'providers', wanted).map((place) => ({ place, exported }));
    }),
  );
}

/** Also by way of one file that passes it on. */
function isImported(graph: ProjectGraph, by: string, file: string): boolean {
  const direct = graph.imports(by);
  return direct.includes(file) || direct.some((each) => graph.imports(each).includes(file));
}

function placesListed(
  graph: ProjectGraph,
  facts: FileFacts,
  options: Value,
  key: string,
  wanted: string,
): readonly Location[] {
  const list = propertyOf(graph, { file: facts.path, value: options }, key);
  if (list?.file !== facts.path || list.value.kind !== 'array') return [];
  return list.value.items.flatMap((item) =>
    item.kind === 'reference' && referenceName(facts, item.to) === wanted
      ? [{ file: facts.path, span: item.span }]
      : [],
  );
}

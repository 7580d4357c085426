import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Arguments } from './clientArguments.ts';
import { readObject } from './objects.ts';
import type { Reading } from './reading.ts';
import { readListing } from './selectionArguments.ts';

/** The arguments of `findUnique(…).posts({ take: 5 })`, which the client sends as one call that selects nothing but the relation. */
export function withFluentSteps(reading: Reading, site: QuerySite, args: Arguments): Arguments {
  const { model, fluent, call } = site;
  if (!model || fluent.length === 0) return args;
  const { select: _select, include: _include, ...rest } = args;
  return { ...rest, ...(selected(reading, site, model, call, fluent) ?? {}) };
}

function selected(
  reading: Reading,
  site: QuerySite,
  model: Model,
  call: CallFact,
  [step, ...further]: readonly string[],
): Arguments | null {
  const field = step === undefined ? undefined : model.fields.get(step);
  const other = field?.kind === 'relation' ? reading.schema.models.get(field.type) : undefined;
  const next = step === undefined ? undefined : chained(reading.graph, site, call, step);
  if (step === undefined || !other || !next) return null;
  const [value] = next.arguments;
  const from = value && { file: site.file, value };
  const own = from && readObject(reading, from, step, (key, inner, at) => readListing(reading, other, key, inner, at));
  const deeper = selected(reading, site, other, next, further);
  const args = { ...(own ?? {}), ...(deeper ?? {}) };
  return { select: { [step]: Object.keys(args).length > 0 ? args : true } };
}

function chained(graph: ProjectGraph, { file }: QuerySite, call: CallFact, step: string): CallFact | undefined {
  return graph.files
    .get(file)
    ?.calls.find(
      ({ callee: { root, path } }) => root.kind === 'call' && root.call === call.index && path.join() === step,
    );
}

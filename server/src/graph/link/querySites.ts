import type { Model, SchemaModel } from '#schema/schemaModel.ts';
import type { UnresolvedCall } from '#shared/finding.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Root, Value } from '#syntax/values.ts';
import { continuationsIn } from '../drivers/steps.ts';
import { isOperation, OPERATIONS } from '../operations.ts';
import { positionAt } from '../places.ts';
import type { FunctionNode, QuerySite } from '../projectGraph.ts';
import { driverVerdict } from './driverVerdict.ts';
import type { LinkedFile } from './entities.ts';
import type { Link } from './names.ts';
import { clientOf, type QueryVerdict, queryVerdict } from './queryCalls.ts';
import { siteId } from './siteId.ts';

export interface FoundQueries {
  /** In source order. */
  readonly sites: readonly QuerySite[];
  readonly unresolved: readonly UnresolvedCall[];
}

type Query = Extract<QueryVerdict, { kind: 'query' }>;

/** All queries of one file. */
export function queriesIn(link: Link, file: LinkedFile, node: (functionIndex: number) => FunctionNode): FoundQueries {
  const unresolved: UnresolvedCall[] = [];
  const queries: { readonly call: CallFact; readonly verdict: Query }[] = [];
  const continuations = continuationsIn(file.facts);
  for (const call of [...file.facts.calls].sort((a, b) => a.nameSpan.start - b.nameSpan.start)) {
    const verdict = queryVerdict(link, file, call) ?? driverVerdict(link, file, call, continuations);
    if (verdict?.kind === 'query') queries.push({ call, verdict });
    else if (verdict)
      unresolved.push({
        file: file.path,
        line: positionAt(file.facts.lineStarts, call.nameSpan.start).line,
        reason: verdict.reason,
      });
  }
  if (queries.length === 0) return { sites: [], unresolved };
  const batched = callsInBatches(file);
  const chains = chainedCalls(file);
  const ordinals = new Map<string, number>();
  const sites = queries.map(({ call, verdict }): QuerySite => {
    const owner = node(call.function);
    const name = [owner.fact.symbol, verdict.model?.name ?? '', verdict.operation].join('\0');
    const ordinal = ordinals.get(name) ?? 0;
    ordinals.set(name, ordinal + 1);
    return {
      id: siteId(file.path, owner.fact.symbol, verdict.model?.name ?? null, verdict.operation, ordinal),
      file: file.path,
      facts: file.facts,
      call,
      function: owner,
      schema: verdict.schema,
      model: verdict.model,
      operation: verdict.operation,
      access: isOperation(verdict.operation) ? OPERATIONS[verdict.operation] : 'raw',
      args: call.arguments[0] ?? null,
      client: clientOf(call),
      origin: verdict.origin,
      transaction: verdict.transaction ? 'interactive' : batched.has(call.index) ? 'array' : null,
      driver: verdict.driver ?? null,
      fluent: verdict.model ? relationSteps(verdict.schema, verdict.model, call.index, chains) : [],
    };
  });
  return { sites, unresolved };
}

/** Calls that are elements of `$transaction([...])`, or what a `map` inside it gives per element. */
function callsInBatches({ facts }: LinkedFile): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (value: Value, depth: number): void => {
    if (depth > 6) return;
    if (value.kind === 'array') for (const item of value.items) add(item, depth + 1);
    else if (value.kind === 'spread') add(value.value, depth + 1);
    else if (value.kind === 'choice') for (const option of value.options) add(option, depth + 1);
    else if (value.kind === 'reference' && value.to.path.length === 0) addReferred(value.to.root, depth);
    else if (value.kind === 'call') {
      found.add(value.call);
      for (const argument of facts.calls[value.call]?.arguments ?? []) {
        if (argument.kind === 'function')
          for (const result of facts.functions[argument.function]?.returns ?? []) add(result, depth + 1);
      }
    }
  };
  const addReferred = (root: Root, depth: number): void => {
    if (root.kind === 'call') add({ kind: 'call', call: root.call, span: { start: 0, end: 0 } }, depth + 1);
    const init = root.kind === 'variable' ? facts.variables[root.variable]?.init : null;
    if (init) add(init, depth + 1);
  };
  for (const call of facts.calls) {
    const [batch] = call.arguments;
    if (call.callee.path.at(-1) === '$transaction' && batch && batch.kind !== 'function') add(batch, 0);
  }
  return found;
}

/** Calls made directly on what another call gives: `findUnique(…).posts()`. */
function chainedCalls({ facts }: LinkedFile): ReadonlyMap<number, { readonly call: number; readonly step: string }> {
  const chains = new Map<number, { readonly call: number; readonly step: string }>();
  for (const { callee, index } of facts.calls) {
    const [step] = callee.path;
    if (callee.root.kind === 'call' && callee.path.length === 1 && step !== undefined)
      chains.set(callee.root.call, { call: index, step });
  }
  return chains;
}

function relationSteps(
  schema: SchemaModel,
  model: Model,
  call: number,
  chains: ReadonlyMap<number, { readonly call: number; readonly step: string }>,
): readonly string[] {
  const next = chains.get(call);
  const field = next ? model.fields.get(next.step) : undefined;
  const target = field?.kind === 'relation' ? schema.models.get(field.type) : undefined;
  return next && target ? [next.step, ...relationSteps(schema, target, next.call, chains)] : [];
}

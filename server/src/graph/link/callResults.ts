import { isDriver } from '#schema/drivers.ts';
import type { CallFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { distinct, type Entities, type Entity, type FunctionEntity, type LinkedFile } from './entities.ts';
import { clientFrom } from './members.ts';
import type { Link } from './names.ts';

/** Client methods that give a client again. */
const CLIENT_GIVING = /^\$(?:extends|replica|primary|parent|on)$/;

/** Last step of builders that give back the function they were handed: `client.schema(…).action(async () => …)`. */
const FUNCTION_BUILDING = /^(?:action|stateAction|handler)$/;

/** What a call gives: an instance, what a factory returns, the function inside a wrapper, a client extended. */
export function resultOf(link: Link, file: LinkedFile, call: CallFact): Entities {
  const callees = link.evaluate(file, call.callee);
  if (call.kind === 'new') return distinct(callees.flatMap((entity) => constructed(entity, file.path)));
  const results = distinct(callees.flatMap((callee) => returnedBy(link, callee, file, call)));
  if (results.length > 0) return results;
  const last = call.callee.path.at(-1) ?? nameOfRoot(file, call);
  if (INSTANCE_GIVING.test(last)) return instancesOf(link, file, call.arguments[0]);
  if (CLIENT_GIVING.test(last))
    return clientsOnly(link.evaluate(file, { root: call.callee.root, path: call.callee.path.slice(0, -1) }));
  if (FUNCTION_BUILDING.test(last)) return functionArguments(link, file, call.arguments);
  if (call.callee.root.kind === 'global' && call.callee.root.name === 'Object')
    return distinct(call.arguments.flatMap((value) => link.evaluateValue(file, value)));
  return callees.some((entity) => entity.kind === 'function') || isMethod(call)
    ? []
    : clientsIn(link, file, call.arguments);
}

/** Containers hand out what they are asked for by class: `app.get(OrderService)`. */
const INSTANCE_GIVING = /^(?:get|resolve|inject|make|getInstance)$/;

function instancesOf(link: Link, file: LinkedFile, asked: Value | undefined): Entities {
  if (asked?.kind !== 'reference') return [];
  return distinct(
    link
      .evaluateValue(file, asked)
      .flatMap((entity) => (entity.kind === 'class' || entity.kind === 'generated' ? constructed(entity, null) : [])),
  );
}

function nameOfRoot({ facts }: LinkedFile, { callee: { root } }: CallFact): string {
  return root.kind === 'import' ? (facts.imports[root.import]?.name ?? '') : '';
}

/** Functions among the arguments of a call, written there or named. */
export function functionArguments(link: Link, file: LinkedFile, values: readonly Value[]): readonly FunctionEntity[] {
  return values
    .flatMap((value) => (mayBeFunction(value) ? link.evaluateValue(file, value) : []))
    .filter((entity) => entity.kind === 'function');
}

function mayBeFunction(value: Value): boolean {
  return (
    value.kind === 'function' ||
    value.kind === 'call' ||
    (value.kind === 'reference' && value.to.root.kind !== 'parameter')
  );
}

function isMethod({ callee }: CallFact): boolean {
  return callee.path.length > 0 && callee.root.kind !== 'import';
}

function constructed(entity: Entity, origin: string | null): Entities {
  if (entity.kind === 'class') return [{ ...entity, kind: 'instance' }];
  if (entity.kind === 'generated') return clientFrom(entity, origin);
  return entity.kind === 'package'
    ? [{ ...entity, path: [...entity.path, '()'] }]
    : entity.kind === 'unparsed'
      ? [entity]
      : [];
}

function returnedBy(link: Link, callee: Entity, file: LinkedFile, call: CallFact): Entities {
  if (callee.kind === 'function') return returnedByFunction(link, callee, file, call);
  if (callee.kind === 'unparsed') {
    const inside = wrappedBy(link, file, call);
    return inside.length > 0 ? inside : [callee];
  }
  if (callee.kind !== 'package') return [];
  if (isDriver(callee.name)) return [{ ...callee, path: [...callee.path, '()'] }];
  const instances = INSTANCE_GIVING.test(callee.path.at(-1) ?? '') ? instancesOf(link, file, call.arguments[0]) : [];
  if (instances.length > 0) return instances;
  const wrapped = wrappedBy(link, file, call);
  return wrapped.length > 0 ? wrapped : [{ ...callee, path: [...callee.path, '()'] }];
}

function returnedByFunction(link: Link, callee: FunctionEntity, file: LinkedFile, call: CallFact): Entities {
  const fact = callee.file.facts.functions[callee.function];
  const returned = (fact?.returns ?? []).flatMap((value) => evaluateReturn(link, callee, value, file, call));
  const wraps = returned.length === 0 || returned.some((entity) => isNested(entity, callee));
  return wraps ? [...returned, ...wrappedBy(link, file, call)] : returned;
}

/** What a wrapper gives stands for the client or the function it was handed. */
function wrappedBy(link: Link, file: LinkedFile, call: CallFact): Entities {
  const clients = clientsIn(link, file, call.arguments);
  return clients.length > 0 ? clients : functionArguments(link, file, call.arguments);
}

/** A parameter given back stands for the argument of this very call. */
function evaluateReturn(link: Link, callee: FunctionEntity, value: Value, file: LinkedFile, call: CallFact): Entities {
  if (value.kind === 'choice')
    return value.options.flatMap((option) => evaluateReturn(link, callee, option, file, call));
  if (value.kind === 'reference' && value.to.root.kind === 'parameter' && value.to.root.function === callee.function) {
    const argument = call.arguments[value.to.root.index];
    const given = argument ? link.evaluateValue(file, argument) : [];
    return value.to.path.reduce<Entities>(
      (entities, step) => entities.flatMap((entity) => link.member(entity, step)),
      given,
    );
  }
  return link.evaluateValue(callee.file, value);
}

function isNested(entity: Entity, outer: FunctionEntity): boolean {
  return (
    entity.kind === 'function' &&
    entity.file === outer.file &&
    entity.file.facts.functions[entity.function]?.parent === outer.function
  );
}

/** Clients handed over, or given by a function handed over: `remember('prisma', () => new PrismaClient())`. */
function clientsIn(link: Link, file: LinkedFile, values: readonly Value[]): Entities {
  const given = values
    .filter((value) => value.kind === 'function' || value.kind === 'reference' || value.kind === 'call')
    .flatMap((value) => link.evaluateValue(file, value))
    .flatMap((entity): Entities => (entity.kind === 'function' ? returnsOf(link, entity) : [entity]));
  return clientsOnly(given);
}

function returnsOf(link: Link, { file, function: index }: FunctionEntity): Entities {
  return (file.facts.functions[index]?.returns ?? []).flatMap((value) => link.evaluateValue(file, value));
}

function clientsOnly(entities: Entities): Entities {
  return distinct(entities.filter((entity) => entity.kind === 'client'));
}

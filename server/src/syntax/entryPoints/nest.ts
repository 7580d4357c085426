import type { ts } from 'ts-morph';
import { isArrayLiteralExpression, isMethodDeclaration, isObjectLiteralExpression } from '../compiler.ts';
import { decoratorCall, decoratorsOf, dottedName, keyOf, literalText, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';
import { definitionOf, type ModuleNames, textOf } from './moduleNames.ts';
import { joinRoute } from './routePaths.ts';

const METHODS: ReadonlyMap<string, string | null> = new Map([
  ['Get', 'GET'],
  ['Sse', 'GET'],
  ['Post', 'POST'],
  ['Put', 'PUT'],
  ['Patch', 'PATCH'],
  ['Delete', 'DELETE'],
  ['Head', 'HEAD'],
  ['Options', 'OPTIONS'],
  ['All', null],
  ['TypedRoute.Get', 'GET'],
  ['TypedRoute.Post', 'POST'],
]);

const JOBS = new Set([
  'Cron',
  'Interval',
  'Timeout',
  'Process',
  'OnEvent',
  'EventPattern',
  'MessagePattern',
  'GrpcMethod',
  'SubscribeMessage',
  'RabbitSubscribe',
  'RabbitRPC',
  'SqsMessageHandler',
  'OnQueueCompleted',
  'OnQueueFailed',
  'OnQueueEvent',
  'OnWorkerEvent',
]);

const CONTROLLERS = new Set([
  'Controller',
  'JsonController',
  'RestController',
  'Route',
  'ApiController',
  'Controllers',
]);

/** Routes and jobs of decorated classes: Nest, and what writes controllers alike (routing-controllers, Ts.ED, tsoa). */
export function* nestEntries(context: EntryContext): Generator<Draft> {
  for (const node of context.source.nodes.classes) {
    const decorators = decoratorsOf(node).map(decoratorCall);
    const controller = decorators.find(({ name }) => CONTROLLERS.has(name));
    for (const member of node.members)
      if (isMethodDeclaration(member) && member.body) yield* memberEntries(context, member, controller, decorators);
    if (decorators.some(({ name }) => name === 'Processor' || name === 'WebSocketGateway')) yield* workerMethod(node);
  }
}

type Decorator = ReturnType<typeof decoratorCall>;

function* memberEntries(
  context: EntryContext,
  member: ts.MethodDeclaration,
  controller: Decorator | undefined,
  around: readonly Decorator[],
): Generator<Draft> {
  const decorators = decoratorsOf(member).map(decoratorCall);
  for (const { name, arguments: given } of decorators) {
    if (JOBS.has(name)) yield { framework: 'nest', kind: 'job', handler: member, at: member.name };
    if (!controller || !METHODS.has(name)) continue;
    yield {
      framework: context.names.specifiers.values().some((each) => each.startsWith('@nestjs/')) ? 'nest' : 'express',
      kind: 'route',
      method: METHODS.get(name) ?? null,
      route: joinRoute([
        ...decoratorPaths(context.names, controller),
        ...decoratorPaths(context.names, { name, arguments: given }),
      ]),
      handler: member,
      wrappers: [...around, ...decorators].flatMap(wrapperNames),
      at: member.name,
    };
  }
}

/** A BullMQ processor class has one method that is called per job. */
function* workerMethod(node: ts.ClassLikeDeclaration): Generator<Draft> {
  for (const member of node.members)
    if (isMethodDeclaration(member) && member.body && keyOf(member.name) === 'process')
      yield { framework: 'queue', kind: 'job', handler: member, at: member.name };
}

/** `UseGuards` and the like stand for what they are given; every other decorator for itself. */
function wrapperNames({ name, arguments: given }: Decorator): readonly string[] {
  const inner = given.map((argument) => dottedName(argument).replace(/\(\)$/, '')).filter((each) => each !== '');
  return /^Use[A-Z]/.test(name) ? [name, ...inner] : METHODS.has(name) ? [] : [name];
}

function decoratorPaths(names: ModuleNames, { arguments: given }: Decorator): readonly string[] {
  const [first] = given;
  const inner = first && definitionOf(names, first);
  if (!inner) return [];
  if (isArrayLiteralExpression(inner)) return inner.elements.slice(0, 1).map((each) => textOf(names, each) ?? '');
  if (!isObjectLiteralExpression(inner)) return [textOf(names, inner) ?? ''];
  const version = literalText(memberOf(inner, 'version') ?? undefined);
  return [version === null ? '' : `v${version}`, textOf(names, memberOf(inner, 'path') ?? inner) ?? ''];
}

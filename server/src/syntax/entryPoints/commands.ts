import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isExpression,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isVariableDeclaration,
} from '../compiler.ts';
import { wordsOf } from '../evidence/evidenceNames.ts';
import { isFunctionLiteral, receiverOf } from '../expressions.ts';
import { unwrap } from '../nodeKinds.ts';
import { calleeName, dottedName, keyOf, lastNameOf, literalText, memberOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';

const RUN = new Set([
  'execute',
  'run',
  'chatInputRun',
  'messageRun',
  'contextMenuRun',
  'interactionRun',
  'autocompleteRun',
  'autocomplete',
]);
const EVENTS =
  /^(?:interactionCreate|messageCreate|InteractionCreate|MessageCreate|messageReactionAdd|guildMemberAdd|voiceStateUpdate|guildCreate)$/;

/** Commands and events of chat bots, most of them Discord's. */
export function* commandEntries(context: EntryContext): Generator<Draft> {
  yield* commandObjects(context);
  yield* commandClasses(context);
  yield* eventListeners(context);
}

/** `export const ban = { data: new SlashCommandBuilder(), execute(interaction) {} }`, `export default defineCommand({ name, run })`. */
function* commandObjects({ names }: EntryContext): Generator<Draft> {
  for (const { definition, name } of names.exports.values()) {
    if (!isExpression(definition)) continue;
    const inner = unwrap(definition);
    const made = isCallExpression(inner) || isNewExpression(inner);
    const object = made ? inner.arguments?.map(unwrap).find(isObjectLiteralExpression) : inner;
    if (!object || !isObjectLiteralExpression(object)) continue;
    const named = made && /command|event|listener/i.test(dottedName(inner.expression));
    if (
      !named &&
      !memberOf(object, 'data') &&
      !(memberOf(object, 'name') && /command/i.test(name + writtenType(definition)))
    )
      continue;
    yield* runMembers(object, routeOf(object) ?? (name === 'default' ? null : name));
  }
}

function* runMembers(object: ts.ObjectLiteralExpression, route: string | null): Generator<Draft> {
  for (const property of object.properties) {
    const handler = RUN.has(keyOf(property.name) ?? '') ? memberOf(object, keyOf(property.name) ?? '') : null;
    if (handler && property.name) yield { framework: 'discord', kind: 'command', route, handler, at: property.name };
  }
}

/** `class Ban extends Command { run(interaction) {} }`. */
function* commandClasses({ source }: EntryContext): Generator<Draft> {
  for (const node of source.nodes.classes) {
    const parents = (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.map(({ expression }) => lastNameOf(expression)),
    );
    if (
      ![...parents, node.name?.text ?? ''].some((name) =>
        wordsOf(name).some((word) => word === 'command' || word === 'listener' || word === 'interaction'),
      )
    )
      continue;
    for (const member of node.members)
      if (isMethodDeclaration(member) && member.body && RUN.has(keyOf(member.name) ?? '') && parents.length > 0)
        yield {
          framework: 'discord',
          kind: 'command',
          route: node.name?.text ?? null,
          handler: member,
          at: member.name,
        };
  }
}

/** `client.on('interactionCreate', …)`, `client.on(Events.MessageCreate, …)`. */
function* eventListeners({ source }: EntryContext): Generator<Draft> {
  for (const call of source.nodes.calls) {
    if (!isCallExpression(call) || !receiverOf(call) || !/^(?:on|once)$/.test(calleeName(call))) continue;
    const [event, handler] = call.arguments;
    if (!event || !handler || !EVENTS.test(literalText(event) ?? lastNameOf(event))) continue;
    yield { framework: 'discord', kind: 'command', route: literalText(event) ?? lastNameOf(event), handler, at: event };
  }
}

/** The name a command is called by. */
function routeOf(object: ts.ObjectLiteralExpression): string | null {
  const own = literalText(memberOf(object, 'name') ?? undefined);
  if (own !== null) return own;
  let at = memberOf(object, 'data') as ts.Expression | null;
  while (at && isExpression(at)) {
    const inner = unwrap(at);
    if (!isCallExpression(inner))
      return isObjectLiteralExpression(inner) ? literalText(memberOf(inner, 'name') ?? undefined) : null;
    if (calleeName(inner) === 'setName' && !isFunctionLiteral(inner.arguments[0]))
      return literalText(inner.arguments[0]);
    at = receiverOf(inner);
  }
  return null;
}

function writtenType(definition: ts.Node): string {
  return isVariableDeclaration(definition.parent) ? (definition.parent.type?.getText() ?? '') : '';
}

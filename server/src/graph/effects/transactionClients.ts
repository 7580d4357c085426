import type { FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { QuerySite } from '../projectGraph.ts';

/** Whether a query runs on the one connection of an interactive transaction, as far as its place or the client's name and type tell. */
export function isInTransaction({ client, facts, transaction }: QuerySite): boolean {
  if (transaction !== null) return true;
  return isHandedIn(facts, client) ? !isPlainClient(facts, client) : isTransactionReference(facts, client);
}

/** Whether a value is a transaction's client, or an object that holds one. */
export function isTransactionClient(facts: FileFacts, value: Value): boolean {
  if (value.kind === 'object')
    return value.properties.some((each) => each.kind === 'property' && isTransactionClient(facts, each.value));
  return value.kind === 'reference' && isTransactionReference(facts, value.to);
}

function isTransactionReference(facts: FileFacts, reference: Reference): boolean {
  return namesOf(facts, reference).some((name) => TRANSACTION.test(name));
}

const TRANSACTION = /^((get)?(tx|trx)(client)?|t|handle|conn|connection|.*transaction(client|manager)?)$/i;

function isHandedIn(facts: FileFacts, { root, path }: Reference): boolean {
  return root.kind === 'parameter' && path.length === 0 && facts.functions[root.function] !== undefined;
}

/** `prisma`, `db`, `client`, and not typed as that of a transaction. */
function isPlainClient(facts: FileFacts, client: Reference): boolean {
  const names = namesOf(facts, client);
  return (
    !names.some((name) => TRANSACTION.test(name)) && names.some((name) => /prisma|db|client|database|orm/i.test(name))
  );
}

/** What a client goes by: the steps to it, its parameter's name and type, or the call that gives it. */
function namesOf({ functions, calls }: FileFacts, { root, path }: Reference): readonly string[] {
  if (root.kind === 'call') return [...(calls[root.call]?.callee.path ?? []), ...path];
  const parameter = root.kind === 'parameter' ? functions[root.function]?.parameters[root.index] : undefined;
  const type = parameter?.typeName?.split('.').at(-1);
  return [...(parameter?.name ? [parameter.name] : []), ...(type ? [type] : []), ...path];
}

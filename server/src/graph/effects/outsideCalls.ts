import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { describeCallee } from '../describe.ts';

/** What a call that leaves the project does: asks another service, nothing that counts, or possibly something to the world. */
export type OutsideCall = 'asks' | 'harmless' | 'acts';

/** Judges a call of a library or of the platform by its name; what is awaited acts unless its name asks for something. */
export function outsideCall(facts: FileFacts, call: CallFact): OutsideCall {
  const path = describeCallee(facts, call).split('.');
  const name = path.at(-1) ?? '';
  if (ACTING.test(name)) return 'acts';
  if (isFetch(name) || isHttpGet(path)) return isPlainRequest(call) ? 'asks' : 'acts';
  if (!call.awaited || isHandedIn(call)) return 'harmless';
  if (call.kind !== 'call') return 'acts';
  if (TRANSFERRING.test(name)) return 'asks';
  return ASKING.test(name) ? 'harmless' : 'acts';
}

const ACTING =
  /^(send|emit|publish|notify|enqueue|dispatch|revalidate|redirect|notFound|increment|decrement|track|capture|mutate|trigger)(?=[A-Z_]|$)/;

const ASKING =
  /^(get|find|load|read|list|count|fetch|json|text|arrayBuffer|blob|formData|all|allSettled|headers|cookies|draftMode|params|parse|safeParse|decode|hash|resolve|search|verify|wrap|withCache|cached|memoize|remember)/;

/** Names of what moves data from elsewhere: `download`, `retrieve`, `loadFont`. */
const TRANSFERRING = /^(download|retrieve|fetch|load)(?=[A-Z_]|$)/;

/** A function that was handed in does what it does for whoever wrote it down. */
function isHandedIn({ callee: { root, path } }: CallFact): boolean {
  return root.kind === 'parameter' && path.length === 0;
}

function isFetch(name: string): boolean {
  return name === 'fetch';
}

function isHttpGet(path: readonly string[]): boolean {
  return (
    path.at(-1) === 'get' && /^(axios|got|ky|superagent|http|https|httpClient|httpService)$/.test(path.at(-2) ?? '')
  );
}

/** No other method than GET is named in the options. */
function isPlainRequest({ arguments: [, options] }: CallFact): boolean {
  if (options === undefined || options.kind === 'undefined') return true;
  if (options.kind !== 'object' || options.properties.some(({ kind }) => kind !== 'property')) return false;
  return options.properties.every((each) => each.kind !== 'property' || each.key !== 'method' || isGet(each.value));
}

function isGet(value: Value): boolean {
  return value.kind === 'literal' && /^(get|head)$/i.test(`${value.value}`);
}

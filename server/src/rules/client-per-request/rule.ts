import { z } from 'zod';
import { describeEntry } from '#graph/describe.ts';
import { filesWith } from '#graph/filesWith.ts';
import { calleePlace, chainPlaces } from '#graph/places.ts';
import { functionId, type ProjectGraph } from '#graph/projectGraph.ts';
import type { CallFact, FileFacts } from '#syntax/facts.ts';
import { defineRule, type Report } from '../rule.ts';
import { isNew } from './made.ts';
import { type ProvidedTwice, providedTwice } from './nestProviders.ts';
import { type PerCall, perCall } from './perCall.ts';
import { type SecondClient, secondClients } from './secondClient.ts';

export const rule = defineRule({
  meta: {
    id: 'client-per-request',
    finds: 'A Prisma client that is made per request, or beside one that is there already.',
    why: 'Each client opens connections of its own, and a database has only so many: a few dozen requests at once use them up.',
    severity: 'warning',
    stage: 'stable',
    preset: 'recommended',
    prismaCodes: [],
    needs: ['graph', 'remember'],
    options: z.object({}),
    messages: {
      request: {
        happens: 'A Prisma client is made each time `{entry}` runs.',
        costs:
          'Each opens connections of its own, so requests at the same time use up those of the database, and the first query waits for one.',
        todo: '{advice}',
      },
      call: {
        happens: 'A Prisma client is made each time `{function}` is called.',
        costs: 'Each opens connections of its own, and a database has only so many.',
        todo: '{advice}',
      },
      second: {
        happens: 'This file makes a Prisma client of its own, beside that of `{shared}`.',
        costs: 'Both keep a pool of connections to the same database, so it has to serve twice as many.',
        todo: 'Import the client of `{shared}`.',
      },
      several: {
        happens: '{count} files of this application each make a Prisma client of their own.',
        costs: 'Each keeps a pool of connections, so the database has to serve {count} times as many.',
        todo: 'Make one client in a file of its own, export it, and import it here.',
      },
      provided: {
        happens: '{count} modules each list `{name}` among their providers, so that Nest makes {count} clients.',
        costs: 'Each keeps a pool of connections, so the database has to serve {count} times as many.',
        todo: 'List it in one module that exports it, and import that module, or mark it `@Global()`.',
      },
    },
  },
  *check({ graph, remember }) {
    for (const facts of filesWith(graph, isNew))
      yield* remember(facts, function* () {
        if (graph.role(facts.path) !== 'app') return;
        for (const call of facts.calls) {
          if (!isNew(call) || call.function === 0 || !graph.makesClient(facts.path, call.index)) continue;
          const found = perCall(graph, facts, call);
          if (found) yield describeCall(graph, facts, call, found);
        }
      });
    for (const second of secondClients(graph)) yield describeSecond(graph, second);
    for (const twice of providedTwice(graph)) yield* describeProvided(twice);
  },
});

type MessageId = 'request' | 'call' | 'second' | 'several' | 'provided';

/** Modules named beside the first. */
const MAX_RELATED = 8;

const SHARE = 'Make one client in a file of its own, export it, and import it here.';
const SHARE_BY_KEY = 'Keep the clients in a map by what they are made for, and make each once.';

function describeCall(graph: ProjectGraph, facts: FileFacts, call: CallFact, found: PerCall): Report<MessageId> {
  const { entry, steps } = found;
  const { symbol } = graph.function(functionId(facts.path, call.function)).fact;
  return {
    messageId: entry ? 'request' : 'call',
    data: {
      entry: entry ? describeEntry(graph, entry) : '',
      function: symbol,
      advice: found.byParameter ? SHARE_BY_KEY : SHARE,
    },
    at: calleePlace(facts.path, call),
    proof: 'schema',
    ...(entry ? {} : { severity: 'hint' as const }),
    symbol,
    related: [
      ...chainPlaces(graph, steps),
      ...(entry && entry.handler.id !== functionId(facts.path, call.function)
        ? [{ at: { file: entry.file, span: entry.fact.span }, message: 'runs for this entry point' }]
        : []),
    ],
  };
}

function describeSecond(graph: ProjectGraph, { facts, call, shared, count }: SecondClient): Report<MessageId> {
  const { symbol } = graph.function(functionId(facts.path, call.function)).fact;
  return {
    messageId: shared ? 'second' : 'several',
    data: { shared: shared?.file ?? '', count },
    at: calleePlace(facts.path, call),
    proof: 'schema',
    severity: 'info',
    symbol,
    related: shared ? [{ at: shared, message: 'the client the rest of the application uses' }] : [],
  };
}

function* describeProvided({ name, places }: ProvidedTwice): Generator<Report<MessageId>> {
  const [at, ...others] = places;
  if (!at) return;
  yield {
    messageId: 'provided',
    data: { name, count: places.length },
    at,
    proof: 'schema',
    severity: 'info',
    symbol: name,
    related: others.slice(0, MAX_RELATED).map((place) => ({ at: place, message: 'lists it too' })),
  };
}

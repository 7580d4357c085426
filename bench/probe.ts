import { querylensComments } from '../probe/src/comments.ts';
import { observedClient } from '../probe/src/observedClient.ts';
import { createRecorder } from '../probe/src/recorder.ts';
import { type LibraryClient, openLibrary } from '../test/probe/support/library.ts';
import { percentile } from './percentiles.ts';

// What the probe adds to a query in processor time, against the same client without it, turn by turn in one run. To hold: 12 µs, and 1 µs at one call in a hundred.
const ROUNDS = 100;
const CALLS = 300;
const WARM = 10;

const library = await openLibrary();
const folder = library.folder;
const plain = library.client();
const comments = [querylensComments({ enabled: true, root: folder })];
const observed = (client: LibraryClient, sample: number) =>
  observedClient(client, {
    recorder: createRecorder(
      { enabled: true, sample, to: '', root: folder },
      { push: take, flush: async () => undefined },
    ),
    client: { active: false },
  });
let lines = 0;
function take(line: () => string): void {
  lines += line().length;
}

const clients = {
  'every call': observed(plain, 1),
  'every call, and comments in the SQL': observed(library.client({ comments }), 1),
  'one call in a hundred': observed(plain, 0.01),
};
const took = new Map<string, number[]>(['without', ...Object.keys(clients)].map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, client] of Object.entries({ without: plain, ...clients })) {
    const us = await timed(client);
    if (round >= WARM) took.get(name)?.push(us / CALLS);
  }
}
const base = percentile(took.get('without') ?? [], 50);
console.log(`without the probe                    ${base.toFixed(1)} µs a findUnique`);
for (const name of Object.keys(clients)) {
  const median = percentile(took.get(name) ?? [], 50);
  console.log(`${name.padEnd(36)} ${(median - base).toFixed(1).padStart(5)} µs more`);
}
if (lines === 0) throw new Error('nothing was observed');
library.remove();

/** Microseconds of processor time. */
async function timed(client: LibraryClient): Promise<number> {
  const start = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) await deep(client, 12);
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** The stack of an application: handlers, services, repositories. */
function deep(client: LibraryClient, depth: number): Promise<unknown> {
  return depth === 0 ? client.author.findUnique({ where: { id: 1 } }) : deep(client, depth - 1);
}

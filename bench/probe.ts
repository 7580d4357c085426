import { spawnSync } from 'node:child_process';
import { querylensComments } from '../probe/src/comments.ts';
import { observedClient } from '../probe/src/observedClient.ts';
import { openQueue } from '../probe/src/queue.ts';
import { createRecorder } from '../probe/src/recorder.ts';
import { sampleWriter } from '../probe/src/sampleText.ts';
import { type Library, type LibraryClient, openLibrary } from '../test/probe/support/library.ts';
import { percentile } from './percentiles.ts';

// What the probe adds to a query in processor time, against the same client without it: blocks of calls of both by turns, lines written included, each way
// in a process of its own. To hold: 12 µs, and 1 µs at one call in a hundred.
const CALLS = 250;
const ROUNDS = 120;

interface Probed {
  readonly client: LibraryClient;
  flush(): Promise<void>;
}

const WAYS: Readonly<Record<string, (library: Library) => Probed>> = {
  'every call': (library) => probed(library.client(), library, 1),
  'every call, and comments in the SQL': (library) => {
    const comments = [querylensComments({ enabled: true, root: library.folder })];
    return probed(library.client({ comments }), library, 1);
  },
  'one call in a hundred': (library) => probed(library.client(), library, 0.01),
};

function probed(client: LibraryClient, { folder }: Library, sample: number): Probed {
  const settings = { enabled: true, sample, to: '', root: folder };
  const queue = openQueue({ write: async () => true, writeNow: () => undefined }, sampleWriter(settings));
  const recorder = createRecorder(settings, queue);
  return { client: observedClient(client, { recorder, client: { active: false } }), flush: queue.flush };
}

const [way] = process.argv.slice(2);
if (way === undefined) compare();
else await run(WAYS[way]);

function compare(): void {
  for (const name of Object.keys(WAYS)) {
    const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, name], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    console.log(`${name.padEnd(36)} ${stdout.trim()}`);
  }
}

async function run(open: ((library: Library) => Probed) | undefined): Promise<void> {
  const library = await openLibrary();
  const plain = { client: library.client(), flush: async () => undefined };
  const observed = open?.(library);
  if (!observed) throw new Error(`one of: ${Object.keys(WAYS).join(', ')}`);
  const took = { plain: [] as number[], more: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    // Who goes first changes, so that neither always pays for what the other left.
    const first = round % 2 === 0 ? plain : observed;
    const one = await block(first);
    const other = await block(first === plain ? observed : plain);
    const [without, withProbe] = first === plain ? [one, other] : [other, one];
    if (round < ROUNDS / 6) continue;
    took.plain.push(without);
    took.more.push(withProbe - without);
  }
  const [low, middle, high] = [25, 50, 75].map((part) => percentile(took.more, part).toFixed(1));
  console.log(`${middle} µs (quartiles ${low} and ${high}) more than ${percentile(took.plain, 50).toFixed(0)}`);
  await Promise.all([plain, observed].map(({ client }) => client.$disconnect()));
  library.remove();
}

/** Microseconds of processor time a call. */
async function block({ client, flush }: Probed): Promise<number> {
  const start = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) await deep(client, 12);
  await flush();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / CALLS;
}

/** The stack of an application: handlers, services, repositories. */
function deep(client: LibraryClient, depth: number): Promise<unknown> {
  return depth === 0 ? client.author.findUnique({ where: { id: 1 } }) : deep(client, depth - 1);
}

import { spawnSync } from 'node:child_process';
import { querylensComments } from '../probe/src/comments.ts';
import { observedClient } from '../probe/src/observedClient.ts';
import { createRecorder } from '../probe/src/recorder.ts';
import { type Library, type LibraryClient, openLibrary } from '../test/probe/support/library.ts';
import { percentile } from './percentiles.ts';

// What the probe adds to a query in processor time, against the same client without it, each in processes of its own by turns. To hold: 12 µs, and 1 µs
// at one call in a hundred.
const CALLS = 10_000;
const PROCESSES = 5;

const WAYS: Readonly<Record<string, (library: Library) => LibraryClient>> = {
  'without the probe': (library) => library.client(),
  'every call': (library) => observed(library.client(), library, 1),
  'every call, and comments in the SQL': (library) => {
    const comments = [querylensComments({ enabled: true, root: library.folder })];
    return observed(library.client({ comments }), library, 1);
  },
  'one call in a hundred': (library) => observed(library.client(), library, 0.01),
};

function observed(client: LibraryClient, { folder }: Library, sample: number): LibraryClient {
  const queue = { push: (line: () => string) => void line(), flush: async () => undefined };
  const recorder = createRecorder({ enabled: true, sample, to: '', root: folder }, queue);
  return observedClient(client, { recorder, client: { active: false } });
}

const [way] = process.argv.slice(2);
if (way === undefined) compare();
else await run(WAYS[way]);

function compare(): void {
  const took = new Map<string, number[]>(Object.keys(WAYS).map((name) => [name, []]));
  for (let round = 0; round < PROCESSES; round++)
    for (const [name, list] of took) {
      const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, name], { encoding: 'utf8' });
      if (!(Number(stdout) > 0)) throw new Error(stderr);
      list.push(Number(stdout));
    }
  const [[, plain = []] = []] = took;
  const base = percentile(plain, 50);
  for (const [name, list] of took) {
    const more = name === 'without the probe' ? '' : `, ${(percentile(list, 50) - base).toFixed(1)} more`;
    console.log(`${name.padEnd(36)} ${percentile(list, 50).toFixed(1)} µs a findUnique${more}`);
  }
}

/** Prints microseconds of processor time a call. */
async function run(clientOf: ((library: Library) => LibraryClient) | undefined): Promise<void> {
  const library = await openLibrary();
  const client = clientOf?.(library);
  if (!client) throw new Error(`one of: ${Object.keys(WAYS).join(', ')}`);
  for (let call = 0; call < CALLS / 4; call++) await deep(client, 12);
  const start = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) await deep(client, 12);
  const { user, system } = process.cpuUsage(start);
  console.log((user + system) / CALLS);
  await client.$disconnect();
  library.remove();
}

/** The stack of an application: handlers, services, repositories. */
function deep(client: LibraryClient, depth: number): Promise<unknown> {
  return depth === 0 ? client.author.findUnique({ where: { id: 1 } }) : deep(client, depth - 1);
}

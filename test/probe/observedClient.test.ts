import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { querylensComments } from '#probe/comments.ts';
import { observedClient } from '#probe/observedClient.ts';
import { openQueue } from '#probe/queue.ts';
import { createRecorder } from '#probe/recorder.ts';
import { inRequest } from '#probe/requests/inRequest.ts';
import { sampleWriter } from '#probe/sampleText.ts';
import type { Sink } from '#probe/sinks/sink.ts';
import type { ProbeLine, ProbeSample } from '#shared/probeSample.ts';
import { type LibraryClient, openLibrary } from './support/library.ts';

const library = await openLibrary();
const statements: string[] = [];
const plain = library.client({
  log: [{ emit: 'event', level: 'query' }],
  comments: [querylensComments({ enabled: true, root: import.meta.dirname })],
});
plain.$on('query', ({ query }) => statements.push(query));

let written = '';
const settings = { enabled: true, sample: 1, to: '', root: import.meta.dirname };
const sink: Sink = {
  write: async (text) => {
    written += text;
    return true;
  },
  writeNow: () => undefined,
};
const queue = openQueue(sink, sampleWriter(settings));
const prisma: LibraryClient = observedClient(plain, {
  recorder: createRecorder(settings, queue),
  client: { active: false },
});

beforeEach(() => {
  written = '';
  statements.length = 0;
});
after(async () => {
  await plain.$disconnect();
  library.remove();
});

async function samples(): Promise<readonly ProbeSample[]> {
  await queue.flush();
  const lines = written.trim() === '' ? [] : written.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as ProbeLine).filter((line) => 'at' in line);
}

const OWN_LINES = readFileSync(import.meta.filename, 'utf8').split('\n');

/** The line of this file that ends in the mark. */
function lineOf(mark: string): number {
  return OWN_LINES.findIndex((line) => line.endsWith(`// ${mark}`)) + 1;
}

async function check(
  mark: string,
  names: readonly string[],
  run: () => Promise<unknown>,
): Promise<readonly ProbeSample[]> {
  await run();
  const seen = await samples();
  assert.deepEqual(
    seen.map(({ model, operation, file, line }) => `${model ?? 'raw'}.${operation} ${file}:${line}`),
    names.map((name) => `${name} observedClient.test.ts:${lineOf(mark)}`),
  );
  return seen;
}

describe('every call is told with the place it was made from', () => {
  test('a call that is awaited', async () => {
    const [sample] = await check('awaited', ['Author.findMany'], async () => {
      await prisma.author.findMany({ include: { books: true } }); // awaited
    });
    assert.equal(sample?.statements, 2);
    assert.equal(sample?.rows, 4);
    assert.ok(sample && sample.ms > 0 && sample.ms < 10_000);
    assert.ok(
      statements.every((sql) => sql.includes(`/*querylens='observedClient.test.ts%3A${lineOf('awaited')}%3A`)),
      statements.join('\n'),
    );
  });

  test('a call that is kept and awaited later', async () => {
    await check('kept', ['Author.count'], async () => {
      const later = prisma.author.count(); // kept
      await null;
      assert.equal(await later, 4);
    });
  });

  test('calls of one turn, which go out as one statement', async () => {
    const seen = await check(
      'together',
      Array(3).fill('Author.findUnique'),
      () => Promise.all([1, 2, 3].map((id) => prisma.author.findUnique({ where: { id } }))), // together
    );
    assert.deepEqual(seen.map((sample) => sample.statements).sort(), [0, 0, 1]);
    assert.equal(statements.length, 1);
  });

  test('a fluent call', async () => {
    await check('fluent', ['Author.findUnique'], async () => {
      assert.deepEqual(await prisma.author.findUnique({ where: { id: 1 } }).books(), []); // fluent
    });
  });

  test('raw SQL', async () => {
    await check('raw', ['raw.$queryRaw'], async () => {
      await prisma.$queryRaw`SELECT ${1} AS one`; // raw
    });
  });

  test('the calls of an array transaction', async () => {
    await check('array', ['Author.count', 'Book.count'], async () => {
      assert.deepEqual(await prisma.$transaction([prisma.author.count(), prisma.book.count()]), [4, 0]); // array
    });
  });

  test('each statement of an array transaction by its own call, and by none where that cannot be told', async () => {
    await prisma.$transaction([
      prisma.author.findMany({ include: { books: true } }), // first
      prisma.author.count(), // second
      prisma.book.count(), // one
      prisma.book.count(), // other
    ]);
    const reads = statements.filter((sql) => sql.startsWith('SELECT'));
    const places = reads.map((sql) => Number(/%3A(\d+)%3A/.exec(sql)?.[1] ?? 0)).sort((a, b) => a - b);
    assert.deepEqual(places, [0, 0, lineOf('first'), lineOf('first'), lineOf('second')]);
    await samples();
  });

  test('a call in an interactive transaction', async () => {
    await check(
      'interactive',
      ['Book.count'],
      () => prisma.$transaction((tx) => tx.book.count()), // interactive
    );
  });

  test('a call of an extended client', async () => {
    await check('extended', ['Author.count'], async () => {
      const extended = prisma.$extends({ query: { $allOperations: ({ args, query }: Passed) => query(args) } });
      await extended.author.count(); // extended
    });
  });

  test('a call that fails, and its error is the same', async () => {
    const [sample] = await check('failing', ['Author.create'], async () => {
      await assert.rejects(prisma.author.create({ data: { email: 'a1@example.org' } }), { code: 'P2002' }); // failing
    });
    assert.equal(sample?.failed, true);
  });
});

interface Passed {
  readonly args: unknown;
  query(args: unknown): Promise<unknown>;
}

test('calls of one request belong together, however deep they are made', async () => {
  const load = async () => {
    await Promise.resolve();
    await prisma.author.count();
    await prisma.book.count();
  };
  await inRequest({ method: 'get', route: '/authors' }, load);
  await inRequest({ method: 'get', route: '/authors' }, load);
  await prisma.author.count();
  const seen = await samples();
  assert.deepEqual(
    seen.map(({ route }) => route),
    [...Array(4).fill('GET /authors'), undefined],
  );
  assert.equal(new Set(seen.map(({ request }) => request)).size, 3);
  assert.equal(seen[0]?.request, seen[1]?.request);
});

test('no value of the application is written', async () => {
  await prisma.author.findMany({ where: { name: 'a secret name', email: 'hidden@example.org' } });
  await assert.rejects(prisma.author.create({ data: { email: 'a2@example.org', name: 'a secret name' } }));
  assert.equal((await samples()).length, 2);
  assert.doesNotMatch(written, /secret|hidden|example\.org/);
});

test('other members of the client are its own', () => {
  assert.equal(Reflect.get(prisma, '_engine'), Reflect.get(plain, '_engine'));
  assert.equal('author' in prisma, true);
  assert.deepEqual(Object.keys(prisma), Object.keys(plain));
});

test('a member that a test replaces is replaced, and can be put back', async () => {
  const { count } = prisma.author;
  Object.assign(prisma.author, { count: async () => 7 });
  assert.equal(await prisma.author.count(), 7);
  // A spy calls what it replaced.
  Object.assign(prisma.author, { count: (args: unknown) => count(args) });
  assert.equal(await prisma.author.count(), 4);
  Object.assign(prisma.author, { count });
  await prisma.author.count();
  assert.equal((await samples()).length, 2);
});

describe('a query that is asked for its answer', () => {
  test('twice goes out once', async () => {
    const query = prisma.author.count();
    assert.deepEqual(await Promise.all([query, query.then((number) => number + 1), query.finally()]), [4, 5, 4]);
    assert.equal(statements.length, 1);
    assert.equal((await samples()).length, 1);
  });

  test('by catch or finally is seen too', async () => {
    assert.equal(await prisma.author.count().catch(() => 0), 4);
    assert.equal(await prisma.author.count().finally(() => undefined), 4);
    const fails = prisma.author.create({ data: { email: 'a1@example.org' } });
    assert.equal(await fails.catch((error: Error) => error.constructor.name), 'PrismaClientKnownRequestError');
    assert.deepEqual(
      (await samples()).map(({ failed }) => failed),
      [undefined, undefined, true],
    );
  });
});

test('a call that a package makes is told by the line that called the package', async () => {
  const packaged = join(library.folder, 'node_modules_of_app/node_modules/repository/index.mjs');
  mkdirSync(dirname(packaged), { recursive: true });
  writeFileSync(packaged, 'export const countOf = (model) => model.count();\n');
  const { countOf } = (await import(pathToFileURL(packaged).href)) as { countOf: (model: object) => Promise<number> };
  await check('packaged', ['Author.count'], async () => {
    await countOf(prisma.author); // packaged
  });
});

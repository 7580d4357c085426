import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { observedClient } from '#probe/observedClient.ts';
import { openQueue } from '#probe/queue.ts';
import { createRecorder } from '#probe/recorder.ts';
import { sampleWriter } from '#probe/sampleText.ts';
import { expectNoNPlusOne, expectQueries } from '#probe/testing.ts';
import type { ProbeSample } from '#shared/probeSample.ts';
import type { LibraryClient } from './support/library.ts';
import { type OlderLibrary, prisma5, prisma6 } from './support/olderLibrary.ts';

interface Way {
  readonly name: string;
  /** What is told of it. */
  readonly told: readonly string[];
  readonly run: (prisma: LibraryClient) => Promise<unknown>;
}

interface Passed {
  readonly args: unknown;
  query(args: unknown): Promise<unknown>;
}

const PASSING = { query: { $allOperations: ({ args, query }: Passed) => query(args) } };

/** Each call stands on the line of its `run`. */
const WAYS: readonly Way[] = [
  {
    name: 'a call with relations',
    told: ['Author.findMany'],
    run: (prisma) => prisma.author.findMany({ include: { books: true } }),
  },
  {
    name: 'calls of one turn',
    told: ['Author.findUnique', 'Author.findUnique'],
    run: (prisma) => Promise.all([1, 2].map((id) => prisma.author.findUnique({ where: { id } }))),
  },
  {
    name: 'a fluent call',
    told: ['Author.findUnique'],
    run: async (prisma) => prisma.author.findUnique({ where: { id: 1 } }).books(),
  },
  { name: 'raw SQL', told: ['null.$queryRaw'], run: async (prisma) => prisma.$queryRaw`SELECT ${'1'} AS one` },
  {
    name: 'an array transaction',
    told: ['Author.count', 'Book.count'],
    run: (prisma) => prisma.$transaction([prisma.author.count(), prisma.book.count()]),
  },
  {
    name: 'an interactive transaction',
    told: ['Book.count'],
    run: (prisma) => prisma.$transaction((tx) => tx.book.count()),
  },
  {
    name: 'a call of an extended client',
    told: ['Author.count'],
    run: (prisma) => prisma.$extends(PASSING).author.count(),
  },
];

const OWN_LINES = readFileSync(import.meta.filename, 'utf8').split('\n');

function lineOf({ run }: Way): number {
  const [code = ''] = String(run).split('\n');
  return OWN_LINES.findIndex((line) => line.includes(code)) + 1;
}

for (const version of [prisma5, prisma6])
  describe(version.name, { skip: version.missing ?? false }, () => {
    let library: OlderLibrary;
    let prisma: LibraryClient;
    let written = '';
    const settings = { enabled: true, sample: 1, to: '', root: import.meta.dirname };
    const sink = {
      write: async (text: string) => {
        written += text;
        return true;
      },
      writeNow: () => undefined,
    };
    const queue = openQueue(sink, sampleWriter(settings));
    const samples = async () => {
      await queue.flush();
      const lines = written.trim().split('\n');
      written = '';
      return lines.filter(Boolean).map((line) => JSON.parse(line) as ProbeSample);
    };

    before(async () => {
      library = await version.open();
      prisma = observedClient(library.client, { recorder: createRecorder(settings, queue), client: { active: false } });
    });
    after(async () => {
      await library?.client.$disconnect();
      library?.remove();
    });

    for (const way of WAYS)
      test(`${way.name} answers as before and is told with its place`, async () => {
        assert.deepEqual(await way.run(prisma), await way.run(library.client));
        assert.deepEqual(
          (await samples()).map(({ model, operation, file, line }) => `${model}.${operation} ${file}:${line}`),
          way.told.map((name) => `${name} olderPrisma.test.ts:${lineOf(way)}`),
        );
      });

    test('a call that fails, and its error is the same', async () => {
      await assert.rejects(prisma.author.create({ data: { email: 'a1@example.org' } }), { code: 'P2002' });
      const [sample] = await samples();
      assert.equal(sample?.failed, true);
    });

    test('expectations of queries', async () => {
      const byId = (id: number) => prisma.author.findUnique({ where: { id } });
      await expectNoNPlusOne(() => Promise.all([1, 2, 3].map(byId)));
      const loop = async () => {
        for (const id of [1, 2, 3]) await byId(id);
      };
      await assert.rejects(expectNoNPlusOne(loop), /3 calls, 3 times to the database/);
      await expectQueries(loop, { max: 3 });
    });
  });

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { querylensComments } from '#probe/comments.ts';
import { observedClient } from '#probe/observedClient.ts';
import { createRecorder } from '#probe/recorder.ts';
import { expectNoNPlusOne, expectQueries } from '#probe/testing.ts';
import { openLibrary } from './support/library.ts';

const library = await openLibrary();
after(() => library.remove());

const recorder = createRecorder(
  { enabled: true, sample: 0, to: '', root: import.meta.dirname },
  { push: () => undefined, flush: async () => undefined },
);

/** The same expectations with and without the comments that count statements: Prisma 5 and 6 have none. */
const clients = {
  'counted by calls': observedClient(library.client(), { recorder, client: { active: false } }),
  'counted by statements': observedClient(library.client({ comments: [querylensComments({ enabled: true })] }), {
    recorder,
    client: { active: false },
  }),
};

for (const [name, prisma] of Object.entries(clients)) {
  const byId = (id: number) => prisma.author.findUnique({ where: { id } });

  describe(`expectations ${name}`, () => {
    after(() => prisma.$disconnect());

    test('a loop of lookups is an N+1', async () => {
      const loop = async () => {
        for (const id of [1, 2, 3]) await byId(id);
      };
      await assert.rejects(expectNoNPlusOne(loop), (error: Error) => {
        assert.equal(error.name, 'QueryExpectationError');
        assert.match(
          error.message,
          /Author\.findUnique at .*testing\.test\.ts:\d+:\d+: 3 calls, 3 times to the database/,
        );
        return true;
      });
      await expectNoNPlusOne(loop, { times: 3 });
    });

    test('lookups that go out together are none', async () => {
      const found = await expectNoNPlusOne(() => Promise.all([1, 2, 3].map(byId)));
      assert.equal(found.length, 3);
    });

    test('more queries than allowed fail, as many pass', async () => {
      const two = async () => [await prisma.author.count(), await prisma.book.count()];
      assert.deepEqual(await expectQueries(two, { max: 2 }), [4, 0]);
      await assert.rejects(expectQueries(two, { max: 1 }), /expected at most 1 queries and saw 2/);
    });

    test('queries of others meanwhile do not count', async () => {
      const [one] = await Promise.all([expectQueries(() => prisma.author.count(), { max: 1 }), prisma.book.count()]);
      assert.equal(one, 4);
    });
  });
}

test('relations count as the statements they are', async () => {
  const prisma = clients['counted by statements'];
  const withBooks = () => prisma.author.findMany({ include: { books: true } });
  await expectQueries(withBooks, { max: 2 });
  await assert.rejects(expectQueries(withBooks, { max: 1 }), /saw 2/);
});

test('an expectation that could never fail says so', async () => {
  const unobserved = library.client();
  await assert.rejects(
    expectQueries(() => unobserved.author.count(), { max: 1 }),
    /wrap the client with withQuerylens/,
  );
  await assert.rejects(
    expectNoNPlusOne(() => unobserved.author.count()),
    /wrap the client with withQuerylens/,
  );
  assert.equal(await expectQueries(() => 'nothing', { max: 0 }), 'nothing');
  await unobserved.$disconnect();
});

test('what fails in a watched run is not hidden', async () => {
  await assert.rejects(
    expectQueries(
      async () => {
        throw new Error('mine');
      },
      { max: 1 },
    ),
    /mine/,
  );
});

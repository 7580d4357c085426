import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRuns, type Runs } from '#lsp/runs.ts';

/** Work whose end the test decides: each run waits for its turn in `ends`, or for its signal. */
function steered(pauseMs = 1): { readonly runs: Runs; readonly started: string[]; end(error?: Error): void } {
  const started: string[] = [];
  let open = Promise.withResolvers<void>();
  const runs = createRuns(async (signal) => {
    open = Promise.withResolvers();
    const mine = open;
    signal.addEventListener('abort', () => mine.reject(signal.reason));
    started.push('run');
    await mine.promise;
  }, pauseMs);
  return { runs, started, end: (error) => (error ? open.reject(error) : open.resolve()) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('runs', () => {
  test('answer everybody with one run, and from then on at once', async () => {
    const { runs, started, end } = steered();
    const both = Promise.all([runs.current(), runs.settled()]);
    end();
    await both;
    await runs.current();
    assert.equal(started.length, 1);
  });

  test('start once after many changes', async () => {
    const { runs, started, end } = steered();
    for (let change = 0; change < 5; change++) runs.touch();
    assert.equal(started.length, 0);
    const settled = runs.settled();
    await turn();
    end();
    await settled;
    assert.equal(started.length, 1);
  });

  test('start at once for whoever cannot wait for the pause', async () => {
    const { runs, started, end } = steered(60_000);
    runs.touch();
    const current = runs.current();
    assert.equal(started.length, 1);
    end();
    await current;
  });

  test('give up a stale run, and let its waiters have the next one', async () => {
    const { runs, started, end } = steered();
    const current = runs.current();
    runs.touch();
    await turn();
    assert.equal(started.length, 2);
    end();
    await current;
  });

  test('reject with what the work threw, and try again when asked again', async () => {
    const { runs, started, end } = steered();
    const failing = runs.current();
    end(new Error('broken'));
    await assert.rejects(failing, /broken/);
    const current = runs.current();
    end();
    await current;
    assert.equal(started.length, 2);
  });

  test('let one waiter go without stopping the others', async () => {
    const { runs, started, end } = steered();
    const controller = new AbortController();
    const [gone, stays] = [runs.current(controller.signal), runs.current()];
    controller.abort(new Error('no longer wanted'));
    await assert.rejects(gone, /no longer wanted/);
    await assert.rejects(runs.current(controller.signal), /no longer wanted/);
    end();
    await stays;
    assert.equal(started.length, 1);
  });

  test('stop when told to, and start anew with the next question', async () => {
    const { runs, started, end } = steered();
    const stopped = runs.current();
    runs.cancel(new Error('stopped'));
    await assert.rejects(stopped, /stopped/);
    const current = runs.current();
    await turn();
    end();
    await current;
    assert.equal(started.length, 2);
  });
});

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { projectFolder } from '#test/support/projectFolder.ts';
import { seededRandom } from '#test/support/seededRandom.ts';
import { jsonExport, OPERATION, QUERY } from '../sources/support/otlpExport.ts';
import { send } from './support/testReceiver.ts';

const KILLS = 8;

test(`nothing acknowledged is lost and nothing counts twice, killed ${KILLS} times while it receives`, async (context) => {
  const root = projectFolder(context, {});
  const random = seededRandom(5);
  const acknowledged = new Set<number>();
  let unanswered: number[] = [];
  let next = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, port } = await receiving(root);
    context.after(() => child.kill('SIGKILL'));
    const timer = setTimeout(() => child.kill('SIGKILL'), 30 + random.below(300));
    const again = unanswered;
    unanswered = [];
    const sender = async (own: number[]): Promise<void> => {
      for (
        let at = own.shift() ?? next++;
        child.exitCode === null && child.signalCode === null;
        at = own.shift() ?? next++
      ) {
        const status = await send(port, { body: bodyOf(at) }).then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 200) acknowledged.add(at);
        else unanswered.push(at);
      }
      unanswered.push(...own);
    };
    await Promise.all([sender(again), sender([]), sender([])]);
    clearTimeout(timer);
  }
  const { child, port } = await receiving(root);
  for (const at of unanswered) {
    assert.equal((await send(port, { body: bodyOf(at) })).status, 200);
    acknowledged.add(at);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const opened = openStore(await loadSqlite(), root);
  assert.ok(opened.kind === 'open');
  const count = opened.store.tallies().reduce((sum, tally) => sum + tally.count, 0);
  const held = opened.store.database.prepare<[], number>('SELECT count(*) FROM held_statements').pluck().get() ?? 0;
  opened.store.close();
  assert.ok(acknowledged.size > 3 * KILLS, `only ${acknowledged.size} were acknowledged`);
  assert.equal(count + held, acknowledged.size);
});

/** Every third is a statement whose call does not come. */
function bodyOf(at: number): string {
  const [trace, query] = [at.toString(16).padStart(32, '0'), (2 * at + 1).toString(16).padStart(16, '0')];
  const operation = (2 * at + 2).toString(16).padStart(16, '0');
  const statement = { ...QUERY, trace, id: query, parent: operation };
  return at % 3 === 0 ? jsonExport(statement) : jsonExport(statement, { ...OPERATION, trace, id: operation });
}

async function receiving(root: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/serveProcess.ts'), root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  return { child, port: Number(String(said)) };
}

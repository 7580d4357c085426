import { Worker } from 'node:worker_threads';
import type { FileFacts } from '#syntax/facts.ts';
import { type SharedWork, type Source, takeShare } from './sharedWork.ts';

/** Below so many characters a second thread costs more than it saves: it has to load the parser first. */
const WORTH_A_THREAD = 3_000_000;

/** Facts of many files, on a second thread too where that pays. */
export async function extractAll(sources: readonly Source[]): Promise<readonly FileFacts[]> {
  if (sources.length === 0) return [];
  const { extractFacts } = await import('#syntax/extractFacts.ts');
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (size < WORTH_A_THREAD) return sources.map(({ path, text }) => extractFacts(path, text));
  const bySize = [...sources].sort((a, b) => b.text.length - a.text.length);
  const work: SharedWork = { sources: bySize, next: new Int32Array(new SharedArrayBuffer(4)) };
  const helped = help(work);
  const own = takeShare(work, extractFacts);
  const taken = new Map([...own, ...(await helped)].map((facts) => [facts.path, facts]));
  return sources.map(({ path, text }) => taken.get(path) ?? extractFacts(path, text));
}

/** A thread that fails costs only time: what it took is then taken again here. */
function help(work: SharedWork): Promise<readonly FileFacts[]> {
  const file = import.meta.url.endsWith('.ts') ? './factsWorker.ts' : './factsWorker.js';
  return new Promise((resolve) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: work });
    worker.once('message', resolve);
    worker.once('error', () => resolve([]));
  });
}

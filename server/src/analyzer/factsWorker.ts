import { parentPort } from 'node:worker_threads';
import { pack } from './packedData.ts';
import { type SharedWork, takeShare } from './sharedWork.ts';

// The parser is loaded before the first work arrives: that is what the thread is started early for.
const { extractFacts } = await import('#syntax/extractFacts.ts');
parentPort?.on('message', (work: SharedWork) => {
  const packed = pack(takeShare(work, extractFacts));
  parentPort?.postMessage(packed, [packed.row.buffer]);
});

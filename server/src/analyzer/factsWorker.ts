import { parentPort } from 'node:worker_threads';
import { type SharedWork, takeShare } from './sharedWork.ts';

// The parser is loaded before the first work arrives: that is what the thread is started early for.
const { extractFacts } = await import('#syntax/extractFacts.ts');
parentPort?.on('message', (work: SharedWork) => parentPort?.postMessage(takeShare(work, extractFacts)));

import { parentPort, workerData } from 'node:worker_threads';
import { extractFacts } from '#syntax/extractFacts.ts';
import { type SharedWork, takeShare } from './sharedWork.ts';

const { sources, next } = workerData as SharedWork;
parentPort?.postMessage(takeShare({ sources, next }, extractFacts));

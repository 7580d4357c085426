import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Preloaded into what is measured.
const report = process.env.BENCH_USAGE;
if (isMainThread && report) process.on('exit', () => writeFileSync(report, JSON.stringify(process.resourceUsage())));

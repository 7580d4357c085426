import { writeSync } from 'node:fs';
import { startReceiver } from '#bridge/receive/receiver.ts';
import { loadSqlite } from '#bridge/sqlite.ts';
import { openStore } from '#bridge/store/openStore.ts';
import { testDeliveries } from './testReceiver.ts';

/** Receives into the store of a folder until it is killed; says its port first. */
const [root = ''] = process.argv.slice(2);
const opened = openStore(await loadSqlite(), root);
if (opened.kind === 'refused') throw new Error(opened.reason);
const started = await startReceiver(0, testDeliveries(opened.store).deliveries);
if (started.kind !== 'listening') throw new Error(started.kind);
writeSync(1, `${started.receiver.port}\n`);

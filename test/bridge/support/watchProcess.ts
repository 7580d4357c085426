import { follow } from './following.ts';
import { tellingStore } from './tellingStore.ts';

/** Follows a log and says after each write how many executions are kept, until it is killed. */
const [root = '', log = ''] = process.argv.slice(2);
follow(await tellingStore(root), root, [log]);

import { codeActions } from './codeActions.ts';
import { codeLens } from './codeLens.ts';
import { hover } from './hover.ts';
import { reports } from './reports.ts';
import { requests } from './requests.ts';
import type { Feature } from './serverContext.ts';
import { sqlRequests } from './sqlRequests.ts';

/** What an editor can ask for, one file each. */
export const FEATURES: readonly Feature[] = [requests, reports, sqlRequests, hover, codeLens, codeActions];

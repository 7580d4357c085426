import { requests } from './requests.ts';
import type { Feature } from './serverContext.ts';

/** What an editor can ask for, one file each. */
export const FEATURES: readonly Feature[] = [requests];

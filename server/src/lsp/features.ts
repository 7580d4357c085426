import type { Feature } from './serverContext.ts';

/** What an editor can ask for about a document, one file each. */
export const FEATURES: readonly Feature[] = [];

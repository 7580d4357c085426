import { ts } from 'ts-morph';

/** The compiler whose parser takes the facts. */
export const TYPESCRIPT_VERSION: string = ts.version;

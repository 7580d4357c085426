import type { BuildOptions } from 'esbuild';

/** The whole compiler with its library files: a bundle of its own, loaded in a thread of its own and only to check a fix. */
export const TYPES_BUNDLE: BuildOptions = {
  entryPoints: [{ in: 'server/src/syntax/types/typesWorker.ts', out: 'types' }],
  bundle: true,
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  target: 'node22',
};

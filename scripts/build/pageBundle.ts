import type { BuildOptions } from 'esbuild';

/** The report's page: a script and a style sheet for any browser, which a file takes in whole. */
export const PAGE_BUNDLE: BuildOptions = {
  entryPoints: [{ in: 'client/page/main.tsx', out: 'report-page' }],
  bundle: true,
  format: 'iife',
  platform: 'browser',
  tsconfig: 'client/page/tsconfig.json',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  target: ['es2022', 'chrome117', 'firefox119', 'safari17.4'],
};

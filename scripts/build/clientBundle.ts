import type { BuildOptions } from 'esbuild';

/** How the extension's own code is bundled: one CommonJS file, because that is what VS Code's extension host loads. */
export const CLIENT_BUNDLE: BuildOptions = {
  entryPoints: [{ in: 'client/src/extension.ts', out: 'client' }],
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  target: 'node22',
};

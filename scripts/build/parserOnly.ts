import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { keptStatements } from './keptStatements.ts';

/**
 * In the bundle `ts-morph` is the compiler's parser and nothing else: a tenth of the code, which loads ten times as fast and
 * saves some hundred megabytes. Code that wants more of ts-morph fails to bundle.
 */
export function parserOnly(root: string): Plugin {
  return {
    name: 'parser-only',
    setup(build) {
      build.onResolve({ filter: /^ts-morph$/ }, () => ({ path: 'ts-morph', namespace: 'parser-only' }));
      build.onLoad({ filter: /.*/, namespace: 'parser-only' }, () => ({
        contents: `export * as ts from ${JSON.stringify(parserFile(root))};`,
        resolveDir: root,
      }));
    },
  };
}

/** Cutting takes seconds, so that the outcome is kept until the compiler or what is asked of it changes. */
function parserFile(root: string): string {
  const require = createRequire(import.meta.url);
  const compiler = join(
    dirname(createRequire(require.resolve('ts-morph')).resolve('@ts-morph/common')),
    'typescript.js',
  );
  const wanted = wantedNames(join(root, 'server/src/syntax'));
  const cutter = readFileSync(new URL('./keptStatements.ts', import.meta.url), 'utf8');
  const key = JSON.stringify([
    wanted,
    statSync(compiler).size,
    readFileSync(join(dirname(compiler), '../package.json'), 'utf8'),
    cutter,
  ]);
  const folder = join(root, 'node_modules/.cache/querylens');
  const file = join(folder, `parser-${createHash('sha1').update(key).digest('hex').slice(0, 16)}.js`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, keptStatements(readFileSync(compiler, 'utf8'), wanted));
  renameSync(draft, file);
  return file;
}

/** What the syntax layer takes from the compiler at run time; names of types are harmless, the compiler does not export them. */
function wantedNames(folder: string): readonly string[] {
  const names = new Set<string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    if (!/^import \{ ts \} from 'ts-morph';$/m.test(text)) continue;
    for (const [, name] of text.matchAll(/\bts\.(\w+)/g)) names.add(name ?? '');
    for (const [, list] of text.matchAll(/\bconst \{([^}]*)\} = ts;/g))
      for (const [name] of (list ?? '').matchAll(/\w+/g)) names.add(name);
  }
  return [...names].sort();
}

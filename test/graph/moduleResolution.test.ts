import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createModuleResolver } from '#graph/modules/moduleResolution.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

function check(
  files: Readonly<Record<string, string>>,
  from: string,
  expected: Readonly<Record<string, string>>,
): void {
  const resolver = createModuleResolver(memoryWorkspace({ [from]: '', ...files }));
  const found = Object.keys(expected).map((specifier) => {
    const resolution = resolver.resolve(from, specifier);
    const what = {
      file: () => (resolution.kind === 'file' ? resolution.file : ''),
      package: () => 'package',
      missing: () => 'missing',
    };
    return [specifier, what[resolution.kind]()];
  });
  assert.deepEqual(Object.fromEntries(found), expected);
}

const empty = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, '']));

describe('relative specifiers', () => {
  it('guess extensions and index files', () =>
    check(empty('src/b.ts', 'src/c.tsx', 'src/d/index.ts', 'src/e.server.ts', 'src/index.ts', 'x.js'), 'src/a.ts', {
      './b': 'src/b.ts',
      './c': 'src/c.tsx',
      './d': 'src/d/index.ts',
      './e.server': 'src/e.server.ts',
      '.': 'src/index.ts',
      '../x': 'x.js',
      './nothing': 'missing',
      '../../outside': 'missing',
    }));
  it('find the source of what is written as output', () =>
    check(empty('b.ts', 'c.tsx', 'd.mts', 'e.js'), 'a.ts', {
      './b.js': 'b.ts',
      './c.jsx': 'c.tsx',
      './d.mjs': 'd.mts',
      './e.js': 'e.js',
    }));
  it('drop a query and know assets as missing', () =>
    check(empty('b.ts'), 'a.ts', { './b?raw': 'b.ts', './logo.svg': 'missing', './b.css': 'missing' }));
});

describe('compiler settings', () => {
  it('give paths, longest pattern first, through extends with comments', () =>
    check(
      {
        'tsconfig.base.json':
          '{ // shared\n "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], "@/lib/*": ["lib/*"], "conf": ["src/conf.ts"], }, } }',
        'tsconfig.json': '{ "extends": "./tsconfig.base" }',
        ...empty('src/b.ts', 'lib/c.ts', 'src/conf.ts', 'tools/d.ts'),
      },
      'src/a.ts',
      {
        '@/b': 'src/b.ts',
        '@/lib/c': 'lib/c.ts',
        conf: 'src/conf.ts',
        'tools/d': 'tools/d.ts',
        '@/nothing': 'missing',
        react: 'package',
      },
    ));
  it('are found in the configs a solution refers to, and in packages that share them', () =>
    check(
      {
        'web/tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
        'web/tsconfig.app.json':
          '{ "extends": "@acme/config/base.json", "compilerOptions": { "paths": { "~/*": ["./app/*"] } } }',
        'config/package.json': '{ "name": "@acme/config" }',
        'config/base.json': '{}',
        ...empty('web/app/b.ts'),
      },
      'web/a.ts',
      { '~/b': 'web/app/b.ts' },
    ));
  it('of a circle of extends end', () =>
    check({ 'tsconfig.json': '{ "extends": "./tsconfig.json" }' }, 'a.ts', { react: 'package' }));
  it('are not needed for the prefixes of frameworks', () =>
    check(empty('p/package.json', 'p/src/lib/b.ts', 'p/src/c.ts'), 'p/src/a.ts', {
      '$lib/b': 'p/src/lib/b.ts',
      '@/c': 'p/src/c.ts',
      '@/x': 'missing',
    }));
});

describe('packages of the workspace', () => {
  const manifest = (value: unknown) => JSON.stringify(value);
  it('are found by exports, conditions and patterns, built output mapped to source', () =>
    check(
      {
        'packages/db/package.json': manifest({
          name: '@acme/db',
          exports: {
            '.': { require: './dist/index.cjs', import: './dist/index.js' },
            './models/*': './dist/models/*.js',
            './deep': { node: { default: './lib/deep.js' } },
          },
        }),
        ...empty(
          'packages/db/src/index.ts',
          'packages/db/src/models/user.ts',
          'packages/db/src/deep.ts',
          'packages/db/src/hidden.ts',
        ),
      },
      'apps/web/a.ts',
      {
        '@acme/db': 'packages/db/src/index.ts',
        '@acme/db/models/user': 'packages/db/src/models/user.ts',
        '@acme/db/deep': 'packages/db/src/deep.ts',
        '@acme/db/hidden': 'packages/db/src/hidden.ts',
        '@acme/other': 'package',
      },
    ));
  it('are found by main, source, or the usual places', () =>
    check(
      {
        'p/main/package.json': manifest({ name: 'by-main', main: './build/entry.js' }),
        'p/source/package.json': manifest({ name: 'by-source', main: './dist/x.js', source: 'code/start.ts' }),
        'p/guess/package.json': manifest({ name: 'by-guess' }),
        ...empty('p/main/src/entry.ts', 'p/source/code/start.ts', 'p/guess/src/index.ts'),
      },
      'a.ts',
      { 'by-main': 'p/main/src/entry.ts', 'by-source': 'p/source/code/start.ts', 'by-guess': 'p/guess/src/index.ts' },
    ));
  it('know their own imports', () =>
    check(
      {
        'p/package.json': manifest({
          name: 'p',
          imports: { '#db': './src/db.ts', '#lib/*.js': { default: './src/lib/*.ts' } },
        }),
        ...empty('p/src/db.ts', 'p/src/lib/b.ts'),
      },
      'p/src/a.ts',
      { '#db': 'p/src/db.ts', '#lib/b.js': 'p/src/lib/b.ts', '#nothing': 'missing' },
    ));
  it('survive a manifest that is no JSON', () =>
    check({ 'package.json': '{ "name": [' }, 'a.ts', { react: 'package', 'node:fs': 'package' }));
});

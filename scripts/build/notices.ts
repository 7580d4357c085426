import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Parts of packages that reach a bundle by another way than an import: the compiler's parser, and Prisma's WebAssembly. */
const COPIED = ['@ts-morph/common', '@prisma/prisma-schema-wasm'];

const HEAD =
  'Querylens contains code of these packages. Part of @ts-morph/common is the TypeScript compiler of Microsoft, under the Apache License 2.0.';

const LICENCE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;

/** The licences of every package that a bundle holds code of, as they ask to be handed on. */
export function noticesText(root: string, metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
  );
  const folders = new Set([...inputs.flatMap(packageFolder), ...COPIED.map((name) => `node_modules/${name}`)]);
  const notices = [...folders].map((folder) => noticeOf(join(root, folder)));
  return `${HEAD}\n\n${notices.sort().join('\n')}`;
}

/** `node_modules/zod` of `node_modules/zod/v4/core.js`, the innermost where packages are nested. */
function packageFolder(path: string): readonly string[] {
  const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/.][^/]*(?=\/)/.exec(path) ?? [];
  return folder === undefined ? [] : [folder];
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const rule = '-'.repeat(80);
  const text = texts.length > 0 ? texts.join('\n\n') : 'The package comes without the text of its licence.';
  return [rule, `${name} ${version}, ${license}`, rule, '', text, ''].join('\n');
}

import { posix } from 'node:path';

const IMPORT = /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'(\.[^']*)'/g;
const CLIENT = /^(prisma|db)$/;

/** The files with the modules they import a client from and leave out, so that the compiler knows what type it has. */
export function withClients(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const modules = new Map<string, Set<string>>();
  for (const [file, text] of Object.entries(files)) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const [, names = '', specifier = ''] of text.matchAll(IMPORT)) {
      const path = posix.join(posix.dirname(file), specifier).replace(/\.[jt]s$/, '');
      const imported = names.split(',').map((name) => name.trim().replace(/ as .*/, ''));
      if (exists(files, path) || !imported.some((name) => CLIENT.test(name))) continue;
      modules.set(path, new Set([...(modules.get(path) ?? []), ...imported.filter((name) => name !== '')]));
    }
  }
  const added = [...modules].map(([path, names]) => [`${path}.ts`, moduleText([...names])] as const);
  return { ...files, ...Object.fromEntries(added) };
}

function exists(files: Readonly<Record<string, string>>, path: string): boolean {
  return ['.ts', '.tsx', '/index.ts', '.d.ts'].some((ending) => files[path + ending] !== undefined);
}

function moduleText(names: readonly string[]): string {
  const exports = names.map((name) =>
    CLIENT.test(name) ? `export const ${name} = new PrismaClient();` : `export declare const ${name}: any;`,
  );
  return ["import { PrismaClient } from '@prisma/client';", ...exports, ''].join('\n');
}

import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** One complaint of the TypeScript compiler. */
export interface Complaint {
  /** POSIX, relative to the compiled folder. */
  readonly file: string;
  readonly line: number;
  /** Code and text, `TS2339: Property …`. */
  readonly message: string;
}

const OPTIONS = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: ['node'],
    jsx: 'preserve',
    strict: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['cases', 'globals.d.ts'],
};

/** JSX without a framework: any element takes anything. */
const GLOBALS = `declare namespace JSX {
  type Element = unknown;
  interface IntrinsicElements { [name: string]: unknown }
  interface IntrinsicAttributes { key?: unknown }
}
`;

/** Compiles everything under `cases` of a folder as one program; packages of this repository are found, others are not. */
export function compileCases(folder: string): readonly Complaint[] {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS));
  writeFileSync(join(folder, 'globals.d.ts'), GLOBALS);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (stderr !== '') throw new Error(stderr);
  return readErrors(stdout);
}

const HEAD = /^(?<file>.+)\((?<line>\d+),\d+\): error (?<message>TS\d+: .*)$/;

/** Lines that are indented go on with the error above them. */
function readErrors(output: string): readonly Complaint[] {
  const errors: Complaint[] = [];
  for (const text of output.split(/\r?\n/)) {
    const { file, line, message } = HEAD.exec(text)?.groups ?? {};
    const last = errors.at(-1);
    if (file !== undefined && message !== undefined) errors.push({ file, line: Number(line), message });
    else if (last && text.startsWith(' ')) errors[errors.length - 1] = { ...last, message: `${last.message}\n${text}` };
    else if (text.startsWith('error ')) throw new Error(text);
  }
  return errors;
}

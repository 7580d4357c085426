import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInCodeServer } from './extensionTests.ts';

/** Writes a program that takes the arguments of VS Code's desktop executable and runs the tests in code-server instead; gives its path. */
export function writeCodeShim(folder: string): string {
  const path = join(folder, 'code');
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${import.meta.filename}" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

if (process.argv[1] === import.meta.filename) {
  const args = process.argv.slice(2);
  const values = (name: string): readonly string[] =>
    args.filter((arg) => arg.startsWith(`--${name}=`)).map((arg) => arg.slice(name.length + 3));
  const [module = ''] = values('extensionTestsPath');
  const workspace = args.find((arg) => !arg.startsWith('-'));
  process.exitCode = await runInCodeServer({ extensions: values('extensionDevelopmentPath'), module, workspace });
}

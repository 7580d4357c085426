import { fileURLToPath } from 'node:url';
import { Failure } from '#analyzer/failure.ts';
import { readText } from '#workspace/readText.ts';

const MOST_BYTES = 5_000_000;

/** Reads files that ship beside the server; a {@link Failure} where one is not there. */
export function programReader(folder: URL): (name: string) => string {
  return (name) => {
    const path = fileURLToPath(new URL(name, folder));
    const read = readText(path, MOST_BYTES);
    if (read.kind === 'text') return read.text;
    throw new Failure(`${path} is missing; install Querylens anew`);
  };
}

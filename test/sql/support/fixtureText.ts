import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of `test/sql/fixtures`. */
export function fixtureText(name: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8');
}

import { agent } from './agent.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { stylish } from './stylish.ts';

/** Every output format by the name `--format` takes. */
export const REPORTERS = { stylish, json, sarif, github, gitlab, junit, markdown, agent } satisfies Record<
  string,
  Reporter
>;

export type Format = keyof typeof REPORTERS;

export function isFormat(name: string): name is Format {
  return Object.hasOwn(REPORTERS, name);
}

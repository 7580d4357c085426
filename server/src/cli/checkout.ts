import { existsSync, realpathSync } from 'node:fs';
import { isWithin } from '#analyzer/project.ts';
import type { Host } from './host.ts';
import type { Format } from './reporters/reporters.ts';

/** The folder of the repository, by the service that reads a format: it takes every path from there. */
const CHECKOUT: Partial<Readonly<Record<Format, string>>> = {
  github: 'GITHUB_WORKSPACE',
  sarif: 'GITHUB_WORKSPACE',
  gitlab: 'CI_PROJECT_DIR',
};

/** What paths are said from: the checkout, where a service named it and the command runs in it, else where the command runs. */
export function pathsFrom(format: Format, { cwd, env }: Pick<Host, 'cwd' | 'env'>): string {
  const here = realpathSync(cwd);
  const named = env[CHECKOUT[format] ?? ''];
  const checkout = named && existsSync(named) ? realpathSync(named) : here;
  return isWithin(here, checkout) ? checkout : here;
}

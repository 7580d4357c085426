import { posix } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import type { LinkOf } from '#render/report/diffTables.ts';
import type { Host } from '../host.ts';

/** The commits and the folder that places of a diff belong to. */
export interface Placed {
  /** The project's folder in the repository. */
  readonly within: string;
  readonly before: string;
  readonly now: string;
}

/**
 * Links to places on the service that holds the repository: by a template such as `https://example.org/{commit}/{file}#L{line}`, else by
 * what GitHub Actions or GitLab CI say of themselves; none elsewhere.
 */
export function placeLinks(template: string | null, env: Host['env'], { within, ...commits }: Placed): LinkOf {
  const made = template === null ? templateOf(env) : checked(template);
  if (made === null) return () => null;
  return ({ file, line }, code) => {
    const path = posix.join(within, file).split('/').map(encodeURIComponent).join('/');
    const parts: Readonly<Record<string, string>> = { commit: commits[code], file: path, line: String(line) };
    return made.replace(PART, (whole, name: string) => parts[name] ?? whole);
  };
}

const PART = /\{(commit|file|line)\}/g;

function checked(template: string): string {
  if (template.includes('{file}') && URL.canParse(template)) return template;
  throw new Failure(
    `--link ${template}: this must be an address with {file} in it, and {commit} and {line}, such as https://example.org/{commit}/{file}#L{line}`,
  );
}

function templateOf({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL }: Host['env']): string | null {
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY)
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/{commit}/{file}#L{line}`;
  return CI_PROJECT_URL ? `${CI_PROJECT_URL}/-/blob/{commit}/{file}#L{line}` : null;
}

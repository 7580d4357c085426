import { posix } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import type { LinkOf } from '#render/report/diffTables.ts';
import type { Host } from '../host.ts';

/** The commits and the folder that places of a diff belong to. */
interface Placed {
  /** The project's folder in the repository. */
  readonly within: string;
  readonly before: string;
  readonly now: string;
}

/** Links to places by a template of {@link linkTemplate}; none without one. */
export function placeLinks(template: string | null, { within, ...commits }: Placed): LinkOf {
  if (template === null) return () => null;
  return ({ file, line }, code) => {
    const path = posix.join(within, file).split('/').map(encodeURIComponent).join('/');
    const parts: Readonly<Record<string, string>> = { commit: commits[code], file: path, line: String(line) };
    return template.replace(PART, (whole, name: string) => parts[name] ?? whole);
  };
}

const PART = /\{(commit|file|line)\}/g;

/**
 * How places of this repository are linked: as the command line says, such as `https://example.org/{commit}/{file}#L{line}`, else by what
 * GitHub Actions or GitLab CI say of themselves; null elsewhere.
 */
export function linkTemplate(asked: string | undefined, env: Host['env']): string | null {
  if (asked === undefined) return serviceTemplate(env);
  if (asked.includes('{file}') && URL.canParse(asked)) return asked;
  throw new Failure(
    `--link ${asked}: this must be an address with {file} in it, and {commit} and {line}, such as https://example.org/{commit}/{file}#L{line}`,
  );
}

function serviceTemplate({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL }: Host['env']): string | null {
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY)
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/blob/{commit}/{file}#L{line}`;
  return CI_PROJECT_URL ? `${CI_PROJECT_URL}/-/blob/{commit}/{file}#L{line}` : null;
}

import type { IgnoreRules } from './ignoreRules.ts';

/** Dependencies, build output and caches: never source, whatever `.gitignore` says. */
const LEFT_OUT_FOLDERS: ReadonlySet<string> = new Set(
  (
    'node_modules bower_components jspm_packages .git .hg .svn dist .next .nuxt .output .svelte-kit .turbo .vercel ' +
    '.netlify .cache .parcel-cache .yarn .pnpm-store .nx .expo .wrangler .angular .astro .docusaurus .querylens storybook-static'
  ).split(' '),
);
/** Build output at the top of a package, ordinary names inside its sources. */
const OUTPUT_FOLDERS: ReadonlySet<string> = new Set(['build', 'out', 'coverage']);
const WANTED = /\.(?:[cm]?[jt]sx?|prisma|sql)$|^(?:package|[jt]sconfig[^/]*)\.json$|^pnpm-workspace\.yaml$/;
const UNWANTED = /\.d\.[cm]?ts$|\.min\.[cm]?js$|\.bundle\.js$/;

/** Whether files below a folder may be listed; `path` is relative to the root and ends in the name. */
export function keepsFolder(name: string, path: string, rules: readonly IgnoreRules[]): boolean {
  if (LEFT_OUT_FOLDERS.has(name) || (OUTPUT_FOLDERS.has(name) && !/(?:^|\/)(?:src|app)\//.test(path))) return false;
  return !rules.some((each) => each.ignores(`${path}/`));
}

/** Whether a file is listed, as far as its name and the ignore files tell. */
export function keepsFile(name: string, path: string, rules: readonly IgnoreRules[]): boolean {
  return WANTED.test(name) && !UNWANTED.test(name) && !rules.some((each) => each.ignores(path));
}

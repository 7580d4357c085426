import { isAbsolute, posix } from 'node:path';
import type { Settings } from '#shared/settings.ts';

/** Settings written for a folder of a project, in terms of the project: what they say then holds in that folder only. */
export function moveSettings(settings: Settings, folder: string): Settings {
  if (folder === '') return settings;
  const move = (path: string) => `${folder}/${path.replace(/^\.?\//, '')}`;
  const moveGlob = (glob: string) => (glob.startsWith('!') ? `!${move(glob.slice(1))}` : move(glob));
  return {
    ...settings,
    overrides: settings.overrides.map(({ files, rules }) => ({ files: files.map(moveGlob), rules })),
    ignore: settings.ignore.map((pattern) => moveIgnore(pattern, folder)),
    entryPoints: settings.entryPoints.map((entry) => (/[/*]/.test(entry) ? moveGlob(entry) : entry)),
    schemas: settings.schemas.map((path) => posix.normalize(move(path))),
    logs: settings.logs.map((glob) => (isAbsolute(glob) ? glob : posix.normalize(move(glob)))),
    baseline: move(settings.baseline),
  };
}

/** As in a `.gitignore`, a pattern without a slash inside holds at any depth. */
function moveIgnore(pattern: string, folder: string): string {
  if (pattern.startsWith('!')) return `!${moveIgnore(pattern.slice(1), folder)}`;
  const anchored = /\/./.test(pattern);
  return anchored ? `/${folder}/${pattern.replace(/^\//, '')}` : `/${folder}/**/${pattern}`;
}

/** Every platform VS Code runs extensions on that SQLite is built for, with the name better-sqlite3 gives its build. */
export const TARGETS = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'alpine-arm64': 'linuxmusl-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
} as const;

export type Target = keyof typeof TARGETS;

export function isTarget(name: string): name is Target {
  return name in TARGETS;
}

/** What this machine runs; a Linux is taken for one with glibc. */
export function ownTarget(): Target {
  const name = `${process.platform}-${process.arch}`;
  if (isTarget(name)) return name;
  throw new Error(`there is no package for ${name}; there are: ${Object.keys(TARGETS).join(', ')}`);
}

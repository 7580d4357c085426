/** What only npm and we read: an installed extension has no dependencies to resolve and nothing to build. */
const DROPPED = [
  'private',
  'workspaces',
  'bin',
  'imports',
  'scripts',
  'allowScripts',
  'dependencies',
  'devDependencies',
  'overrides',
];

/** The manifest an extension is shipped with. */
export function extensionManifest(manifest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !DROPPED.includes(key)));
}

/** Files it points to: a missing one would only show once a person installs the extension. */
export function referencedFiles(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return /^(\.\/)?[\w-]+(\/[\w.-]+)+\.(cjs|js|json|png|svg|md)$/.test(value) ? [value.replace('./', '')] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(referencedFiles) : [];
}

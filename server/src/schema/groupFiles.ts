import { type BlockKind, definedNames, type ScannedFile } from './scanSchema.ts';
import { commonFolder, dirname, isInside } from './schemaPaths.ts';

export interface FileGroup {
  readonly path: string;
  readonly files: readonly ScannedFile[];
}

/**
 * Puts files together that make one schema when no configuration says so: each file with a datasource is a schema, and a file
 * without one belongs to the nearest schema that does not define the same names already.
 */
export function groupFiles(files: readonly ScannedFile[]): readonly FileGroup[] {
  const groups: OpenGroup[] = files.filter((file) => has(file, 'datasource')).map(openGroup);
  const loose: ScannedFile[] = [];
  for (const file of files.filter((candidate) => !has(candidate, 'datasource'))) {
    const home = nearestGroup(groups, file);
    if (home === null) loose.push(file);
    else join(home, file);
  }
  return [...groups, ...looseGroups(loose)].map(close);
}

interface OpenGroup {
  readonly home: string;
  readonly files: ScannedFile[];
  readonly names: Set<string>;
}

function openGroup(file: ScannedFile): OpenGroup {
  return { home: dirname(file.path), files: [file], names: new Set(definedNames(file)) };
}

function join(group: OpenGroup, file: ScannedFile): void {
  group.files.push(file);
  for (const name of definedNames(file)) group.names.add(name);
}

function close({ files }: OpenGroup): FileGroup {
  const [first, second] = files;
  if (first !== undefined && second === undefined) return { path: first.path, files };
  return { path: commonFolder(files.map((file) => dirname(file.path))), files };
}

/** The schema whose folder shares most with the file's: above it, beside it, or in a neighbouring folder. */
function nearestGroup(groups: readonly OpenGroup[], file: ScannedFile): OpenGroup | null {
  const folder = dirname(file.path);
  const fitting = groups.filter(
    (group) => sharesFolder(group.home, folder) && !definedNames(file).some((name) => group.names.has(name)),
  );
  const ranked = fitting.map((group) => ({
    group,
    depth: commonFolder([group.home, folder]).length,
    uses: uses(group, file),
  }));
  ranked.sort((a, b) => b.depth - a.depth || b.uses - a.uses);
  return ranked[0]?.group ?? null;
}

/** Below the datasource's folder, or in a sibling of it: further away, a file is about something else. */
function sharesFolder(home: string, folder: string): boolean {
  return isInside(folder, home) || isInside(folder, dirname(home)) || (home !== '' && isInside(home, folder));
}

/** How many names of each the other mentions: tells two schemas in one folder apart. */
function uses(group: OpenGroup, file: ScannedFile): number {
  const inGroup = group.files.map((member) => member.text).join('\n');
  const mentions = (text: string, names: Iterable<string>) =>
    [...names].filter((name) => new RegExp(`\\b${name}\\b`).test(text)).length;
  return mentions(inGroup, definedNames(file)) + mentions(file.text, group.names);
}

/** Files of one folder that belong to no datasource make one schema as long as they do not define a name twice. */
function looseGroups(files: readonly ScannedFile[]): readonly OpenGroup[] {
  const groups: OpenGroup[] = [];
  for (const file of files.filter((candidate) => definedNames(candidate).length > 0)) {
    const fitting = groups.find(
      (group) => isInside(dirname(file.path), group.home) && !definedNames(file).some((name) => group.names.has(name)),
    );
    if (fitting === undefined) groups.push(openGroup(file));
    else join(fitting, file);
  }
  return groups;
}

function has(file: ScannedFile, kind: BlockKind): boolean {
  return file.blocks.some((block) => block.kind === kind);
}

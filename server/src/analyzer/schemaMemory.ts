import { type LoadedSchemas, loadSchemas } from '#schema/loadSchemas.ts';
import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Workspace } from '#workspace/workspace.ts';

/** The schemas of a workspace, loaded again only when a text they come from is another. */
export interface SchemaMemory {
  /** Files that changed, appeared or vanished. */
  forget(paths: readonly string[]): void;
  /** The same object until something about it changed; a schema that is broken now stays as it was when it last was whole. */
  load(): LoadedSchemas;
  /** What they would be if some files had the texts of another workspace; nothing of that is remembered. */
  over(workspace: Workspace, changed: ReadonlySet<string>): LoadedSchemas;
}

/** Files whose coming or going may make another schema, or another version of Prisma. */
const RELEVANT =
  /\.(?:prisma|sql)$|(?:^|\/)(?:package\.json|pnpm-workspace\.yaml)$|(?:^|\/)(?:prisma\d*\.config|\.config\/prisma\d*)\.[cm]?[jt]s$|(?:^|\/)migrations?\/(?:[^/]+\/)*\d[^/]*\.[cm]?[jt]s$/;

interface Known {
  readonly loaded: LoadedSchemas;
  readonly files: readonly string[];
  readonly relevant: readonly string[];
  /** Every text that was read, null for one that could not be. */
  readonly texts: ReadonlyMap<string, string | null>;
}

export function schemaMemory(workspace: Workspace, paths: readonly string[]): SchemaMemory {
  let known: Known | null = null;
  let previous: readonly SchemaModel[] = [];
  const doubtful = new Set<string>();

  function holds({ files, relevant, texts }: Known): boolean {
    const now = workspace.files();
    if (now !== files && !sameList(relevantIn(now), relevant)) return false;
    return [...doubtful].every((path) => !texts.has(path) || workspace.read(path) === texts.get(path));
  }

  return {
    forget: (changed) => {
      for (const path of changed) doubtful.add(path);
    },
    load: () => {
      if (!known || !holds(known)) {
        const { loaded, texts } = loadRecorded(workspace, paths, previous);
        known = { loaded, texts, files: [], relevant: [] };
        previous = loaded.schemas;
      }
      const files = workspace.files();
      known = { ...known, files, relevant: known.files === files ? known.relevant : relevantIn(files) };
      doubtful.clear();
      return known.loaded;
    },
    over: (other, changed) => {
      if (known && ![...changed].some((path) => RELEVANT.test(path) || known?.texts.has(path))) return known.loaded;
      return loadSchemas(other, { paths, previous });
    },
  };
}

function loadRecorded(
  workspace: Workspace,
  paths: readonly string[],
  previous: readonly SchemaModel[],
): Pick<Known, 'loaded' | 'texts'> {
  const texts = new Map<string, string | null>();
  const recording: Workspace = {
    ...workspace,
    read: (path) => {
      const text = workspace.read(path);
      texts.set(path, text);
      return text;
    },
  };
  return { loaded: loadSchemas(recording, { paths, previous }), texts };
}

function relevantIn(files: readonly string[]): readonly string[] {
  return files.filter((file) => RELEVANT.test(file));
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

import type { FileScan } from './fileScan.ts';
import type { ModuleResolver } from './moduleResolution.ts';

/** A file that asks another for something, as its text shows; `names` as in {@link ScannedImport}. */
export interface Importer {
  readonly file: string;
  readonly names: readonly string[] | null;
}

/** Who imports whom by the texts of all files. */
export interface Importers {
  of(file: string): readonly Importer[];
  /** The file's imports are now these. */
  set(file: string, imports: FileScan['imports']): void;
  delete(file: string): void;
}

export function createImporters(resolver: ModuleResolver): Importers {
  const byTarget = new Map<string, Map<string, Importer[]>>();
  const lists = new Map<string, readonly Importer[]>();
  const targets = new Map<string, ReadonlySet<string>>();

  function remove(file: string): void {
    for (const target of targets.get(file) ?? []) {
      byTarget.get(target)?.delete(file);
      lists.delete(target);
    }
    targets.delete(file);
  }

  return {
    of: (file) => {
      const known = lists.get(file) ?? [...(byTarget.get(file)?.values() ?? [])].flat();
      lists.set(file, known);
      return known;
    },
    delete: remove,
    set: (file, imports) => {
      remove(file);
      const own = new Set<string>();
      for (const { specifier, names } of imports) {
        const resolution = resolver.resolve(file, specifier);
        if (resolution.kind !== 'file') continue;
        own.add(resolution.file);
        lists.delete(resolution.file);
        const files = byTarget.get(resolution.file) ?? new Map<string, Importer[]>();
        byTarget.set(resolution.file, files);
        const list = files.get(file);
        if (list) list.push({ file, names });
        else files.set(file, [{ file, names }]);
      }
      targets.set(file, own);
    },
  };
}

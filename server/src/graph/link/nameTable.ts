/** Things by name, each told by one file; a file's part can be taken out and put in again. */
export interface NameTable<Item extends { readonly path: string }> {
  /** In the order of their files. */
  named(name: string): readonly Item[];
  /** Puts what a file tells now in the place of what it told before. */
  replace(path: string, items: readonly (readonly [name: string, item: Item])[]): void;
}

export function createNameTable<Item extends { readonly path: string }>(): NameTable<Item> {
  const byName = new Map<string, Item[]>();
  const byFile = new Map<string, readonly string[]>();

  function takeOut(path: string): void {
    for (const name of new Set(byFile.get(path))) {
      const rest = (byName.get(name) ?? []).filter((item) => item.path !== path);
      if (rest.length > 0) byName.set(name, rest);
      else byName.delete(name);
    }
  }

  return {
    named: (name) => byName.get(name) ?? NOTHING,
    replace: (path, items) => {
      takeOut(path);
      if (items.length === 0) byFile.delete(path);
      else
        byFile.set(
          path,
          items.map(([name]) => name),
        );
      for (const [name, item] of items) {
        const list = byName.get(name);
        if (list) list.splice(placeOf(list, path), 0, item);
        else byName.set(name, [item]);
      }
    },
  };
}

const NOTHING: readonly never[] = [];

/** Behind the last one of the file or of a file before it. */
function placeOf(list: readonly { readonly path: string }[], path: string): number {
  let at = list.length;
  while (at > 0 && (list[at - 1]?.path ?? '') > path) at--;
  return at;
}

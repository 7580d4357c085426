/** Objects of which there is at least one. */
export type Group<Item> = readonly [Item, ...Item[]];

/** The items with the same key, in the order in which they come. */
export function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): readonly Group<Item>[] {
  return [...Map.groupBy(items, keyOf).values()].flatMap(([first, ...others]) => (first ? [[first, ...others]] : []));
}

/**
 * Makes something of a group once: as long as the group is the same, so is what was made of it, and answers that hang on it are kept.
 * `make` may look at the objects of the group and at nothing else.
 */
export function perGroup<Item extends object, Made>(make: (group: Group<Item>) => Made): (group: Group<Item>) => Made {
  const known = new WeakMap<Item, { readonly group: Group<Item>; readonly made: Made }>();
  return (group) => {
    const [first] = group;
    const before = known.get(first);
    if (before && isSame(before.group, group)) return before.made;
    const made = make(group);
    known.set(first, { group, made });
    return made;
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

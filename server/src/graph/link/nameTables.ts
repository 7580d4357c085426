import type { FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { LinkedFile } from './entities.ts';
import { createNameTable, type NameTable } from './nameTable.ts';
import { plainOwner, stemOf } from './ownerNames.ts';

/** A class or a function, by its file and index. */
export interface Named {
  readonly path: string;
  readonly index: number;
}

/** What can be found by name alone, from anywhere in the project. */
export interface NameTables {
  readonly classes: NameTable<Named>;
  /** Classes by what they name in `extends` and `implements`. */
  readonly heirs: NameTable<Named>;
  readonly exporters: NameTable<Named>;
  /** Methods as `owner.method`, by the owner's full name and by what it is about. */
  readonly owned: NameTable<Named>;
  readonly stems: NameTable<Named>;
  /** Methods that have an owner, by their name. */
  readonly methods: NameTable<Named>;
  /** Names under which a function may be found on an object: its own, and those of properties it is handed over by. */
  readonly functionNames: NameTable<Named>;
  /** Puts a file's names in the place of those it had; gives what changed, by kind. */
  replace(before: LinkedFile | null, after: LinkedFile): readonly (readonly [kind: NameKind, name: string])[];
}

/** What an answer that went by a name depends on. */
export type NameKind = 'class' | 'exported' | 'method' | 'function name';

export function createNameTables(): NameTables {
  const tables = {
    classes: createNameTable<Named>(),
    heirs: createNameTable<Named>(),
    exporters: createNameTable<Named>(),
    owned: createNameTable<Named>(),
    stems: createNameTable<Named>(),
    methods: createNameTable<Named>(),
    functionNames: createNameTable<Named>(),
  };
  return {
    ...tables,
    replace: (before, after) => {
      const old = before ? namesIn(before) : null;
      const now = namesIn(after);
      const changed: (readonly [NameKind, string])[] = [];
      for (const table of TABLES) {
        const names = old ? differing(old[table], now[table]) : null;
        if (names?.size === 0) continue;
        tables[table].replace(after.path, now[table]);
        for (const name of names ?? [])
          changed.push([KINDS[table], table === 'owned' || table === 'stems' ? methodIn(name) : name]);
      }
      return changed;
    },
  };
}

type Table = keyof typeof KINDS;

const KINDS = {
  classes: 'class',
  heirs: 'class',
  exporters: 'exported',
  owned: 'method',
  stems: 'method',
  methods: 'method',
  functionNames: 'function name',
} as const satisfies Record<string, NameKind>;
const TABLES = Object.keys(KINDS) as readonly Table[];

function methodIn(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

type Items = readonly (readonly [name: string, item: Named])[];

/** Names under which a file tells something else than before. */
function differing(before: Items, after: Items): ReadonlySet<string> {
  const lists = (items: Items) => Map.groupBy(items, ([name]) => name);
  const [old, now] = [lists(before), lists(after)];
  const text = (list: Items | undefined) => (list ?? []).map(([, { index }]) => index).join();
  return new Set([...old.keys(), ...now.keys()].filter((name) => text(old.get(name)) !== text(now.get(name))));
}

function namesIn(file: LinkedFile): Record<Table, Items> {
  const { path, facts } = file;
  const named = facts.classes.flatMap(({ name, index }): Items => (name === null ? [] : [[name, { path, index }]]));
  const heirs = facts.classes.flatMap(({ index, ...fact }) => {
    const base = fact.extends === null ? null : baseName(facts, fact.extends);
    const names = new Set(base === null ? fact.implements : [...fact.implements, base]);
    return [...names].map((name) => [name, { path, index }] as const);
  });
  const exporters = facts.exports.flatMap(({ name, value }): Items => (value ? [[name, { path, index: 0 }]] : []));
  const owners = ownedIn(file);
  return {
    classes: named,
    heirs,
    exporters,
    owned: owners.map(({ owner, method, index }) => [`${plainOwner(owner)}.${method}`, { path, index }]),
    stems: owners.map(({ owner, method, index }) => [`${stemOf(owner)}.${method}`, { path, index }]),
    methods: owners.map(({ method, index }) => [method, { path, index }]),
    functionNames: [...functionNames(facts)].map((name) => [name, { path, index: 0 }]),
  };
}

function baseName({ imports, classes }: FileFacts, { root, path }: Reference): string | null {
  const last = path.at(-1);
  if (last !== undefined) return last;
  if (root.kind === 'import') return imports[root.import]?.local ?? null;
  return root.kind === 'class' ? (classes[root.class]?.name ?? null) : null;
}

interface Owned {
  readonly owner: string;
  readonly method: string;
  readonly index: number;
}

function ownedIn({ role, facts }: LinkedFile): readonly Owned[] {
  if (role !== 'app') return [];
  return facts.functions.flatMap(({ name, class: of, symbol, index }) => {
    const owner = name === null ? null : ownerOf(facts, of, symbol);
    return owner === null || name === null ? [] : [{ owner, method: name, index }];
  });
}

/** The class, object or factory a function belongs to; null for callbacks and functions that stand alone. */
function ownerOf({ classes }: FileFacts, classIndex: number | null, symbol: string): string | null {
  if (classIndex !== null) return classes[classIndex]?.name ?? null;
  const segments = symbol.split('.');
  return segments.length < 2 || symbol.includes('#') ? null : (segments.at(-2) ?? null);
}

function functionNames({ functions, calls }: FileFacts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of functions) if (name !== null) names.add(name);
  for (const { arguments: given } of calls) for (const value of given) addKeys(names, value);
  return names;
}

function addKeys(names: Set<string>, value: Value): void {
  if (value.kind !== 'object') return;
  for (const property of value.properties) {
    const named =
      property.value.kind === 'function' ||
      (property.value.kind === 'reference' && NAMING.has(property.value.to.root.kind));
    if (property.kind === 'property' && named) names.add(property.key);
  }
}

const NAMING: ReadonlySet<string> = new Set(['function', 'import', 'this']);

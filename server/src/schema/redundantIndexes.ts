import type { Index, IndexField, Model } from './schemaModel.ts';

/** An index, and the one that does all it does. */
export interface Redundant {
  readonly index: Index;
  readonly by: Index;
  /** `unique`: on the columns of a key that is unique anyway. `again`: the same index twice. `prefix`: the other one goes on behind it. */
  readonly kind: 'unique' | 'again' | 'prefix';
}

/** Indexes of a model that nobody would miss; of two that are alike the later one. */
export function redundantIndexes({ indexes }: Pick<Model, 'indexes'>): readonly Redundant[] {
  return indexes.flatMap((index, at) => {
    if (index.from !== 'schema' || index.at === null) return [];
    const found = indexes.flatMap((by, other): Redundant[] => {
      const kind = other === at ? null : kindOf(index, by, other < at);
      return kind ? [{ index, by, kind }] : [];
    });
    const [best] = found.sort((a, b) => RANK[a.kind] - RANK[b.kind] || b.by.fields.length - a.by.fields.length);
    return best ? [best] : [];
  });
}

const RANK: Readonly<Record<Redundant['kind'], number>> = { unique: 0, again: 1, prefix: 2 };

function kindOf(index: Index, by: Index, isEarlier: boolean): Redundant['kind'] | null {
  if (index.method !== by.method || index.where !== by.where || !begins(index, by)) return null;
  const isSame = index.fields.length === by.fields.length;
  if (index.kind === 'index') {
    // An index that only a migration knows may be this one under another name.
    if (by.from === 'migration' && isSame) return null;
    if (!isSame) return index.method === 'btree' ? 'prefix' : null;
    return by.kind === 'index' ? (isEarlier ? 'again' : null) : 'unique';
  }
  if (!isSame || by.from === 'migration') return null;
  if (index.kind === 'unique') return by.kind === 'id' || (by.kind === 'unique' && isEarlier) ? 'unique' : null;
  return index.kind === 'fulltext' && by.kind === 'fulltext' && isEarlier ? 'again' : null;
}

/** The columns of the one are the first of the other, and read forwards or backwards they give the same order. */
function begins(index: Index, by: Index): boolean {
  if (index.fields.length > by.fields.length) return false;
  const [first] = index.fields;
  const turned = first?.sort !== by.fields[0]?.sort;
  return index.fields.every((field, at) => {
    const other = by.fields[at];
    return other !== undefined && isSameColumn(field, other) && (field.sort !== other.sort) === turned;
  });
}

function isSameColumn(a: IndexField, b: IndexField): boolean {
  return (
    a.name === b.name &&
    !a.expression &&
    !b.expression &&
    a.operatorClass === b.operatorClass &&
    (b.length ?? Infinity) >= (a.length ?? Infinity)
  );
}

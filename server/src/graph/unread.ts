import type { ScalarField } from '#schema/schemaModel.ts';
import type { FetchedRelation, FetchedShape } from './fetchedShape.ts';
import type { FollowedUsage } from './followUsage.ts';

/** Parts of a query's result that nothing reads and that leave the program nowhere. */
export interface Unread {
  readonly relations: readonly { readonly path: readonly string[]; readonly relation: FetchedRelation }[];
  readonly columns: readonly { readonly path: readonly string[]; readonly field: ScalarField }[];
}

/** Holds what was fetched against what is read; a relation that is unread as a whole is named once. */
export function unreadParts(shape: FetchedShape, usage: FollowedUsage): Unread {
  const relations: { path: readonly string[]; relation: FetchedRelation }[] = [];
  const columns: { path: readonly string[]; field: ScalarField }[] = [];
  visit(shape, []);
  return { relations, columns };

  function visit(at: FetchedShape, path: readonly string[]): void {
    for (const { field } of at.columns)
      if (!isRead([...path, field.name], usage)) columns.push({ path: [...path, field.name], field });
    for (const relation of at.relations) {
      const here = [...path, relation.name];
      if (isRead(here, usage)) visit(relation.shape, here);
      else relations.push({ path: here, relation });
    }
  }
}

function isRead(path: readonly string[], { reads, escapes, touched }: FollowedUsage): boolean {
  const touches = (other: readonly string[]) => path.every((step, i) => i >= other.length || other[i] === step);
  const isWithin = (other: readonly string[]) => other.length >= path.length && touches(other);
  return (
    escapes.some(touches) ||
    touched.some(isWithin) ||
    reads.some((read) => isWithin(read) || isAncestorRead(read, path))
  );
}

/** Reading a part for its own sake reads everything below it. */
function isAncestorRead(read: readonly string[], path: readonly string[]): boolean {
  return read.length < path.length && read.every((step, index) => path[index] === step);
}

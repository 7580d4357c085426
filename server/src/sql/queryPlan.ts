import { isObject } from '#shared/jsonObject.ts';

/** A part of an SQL template as Prisma's compiler gives it. */
export type Fragment =
  | { readonly type: 'stringChunk'; readonly chunk: string }
  | { readonly type: 'parameter' }
  | {
      readonly type: 'parameterTuple';
      readonly itemPrefix: string;
      readonly itemSeparator: string;
      readonly itemSuffix: string;
    }
  | {
      readonly type: 'parameterTupleList';
      readonly itemPrefix: string;
      readonly itemSeparator: string;
      readonly itemSuffix: string;
      readonly groupSeparator: string;
    };

/** How a database writes the place of a parameter: `?`, `$1`, `@P1`. */
export interface PlaceholderFormat {
  readonly prefix: string;
  readonly hasNumbering: boolean;
}

/** What a leaf of a plan sends. */
export type Template =
  | {
      readonly type: 'templateSql';
      readonly fragments: readonly Fragment[];
      readonly args: readonly unknown[];
      /** One for each of `args`; of a list those of its rows. */
      readonly argTypes?: readonly unknown[];
      readonly placeholderFormat: PlaceholderFormat;
      /** Long lists are sent in several statements, as the database's limit of parameters asks. */
      readonly chunkable: boolean;
    }
  | { readonly type: 'rawSql'; readonly sql: string; readonly args: readonly unknown[] };

/** What surrounds a statement in its plan. */
export interface Surroundings {
  /** Reads rows of a relation for the rows another statement gave. */
  readonly child: boolean;
  /** Stands in a branch, which is not taken every time. */
  readonly conditional: boolean;
  /** Between BEGIN and COMMIT. */
  readonly transaction: boolean;
}

/** A place of a plan that sends a statement. */
export interface Leaf extends Surroundings {
  readonly kind: 'query' | 'execute';
  readonly template: Template;
}

/** The statements of a plan in the order in which they are sent: relations of one row are asked for at once, level by level. */
export function leavesOf(plan: unknown): readonly Leaf[] {
  return collect(plan, { child: false, conditional: false, transaction: false })
    .toSorted((a, b) => a.level - b.level)
    .map(({ leaf }) => leaf);
}

interface Placed {
  readonly leaf: Leaf;
  /** Statements of a greater level wait for all of a lesser one. */
  readonly level: number;
}

function collect(node: unknown, around: Surroundings): readonly Placed[] {
  if (Array.isArray(node)) return inOrder(node.map((item) => collect(item, around)));
  if (!isObject(node)) return [];
  const { type, args } = node;
  if ((type === 'query' || type === 'execute') && isTemplate(args))
    return [{ leaf: { ...around, kind: type, template: args }, level: 0 }];
  const parts = Object.entries(node).filter(([key]) => key !== 'structure');
  const found = parts.map(([key, part]) =>
    key === 'children' ? atOnce(part, around) : collect(part, within(around, type, key)),
  );
  return inOrder(found);
}

/** Children of a join are asked for side by side. */
function atOnce(children: unknown, around: Surroundings): readonly Placed[] {
  return Array.isArray(children) ? children.flatMap((each) => collect(each, { ...around, child: true })) : [];
}

/** Each part begins where the one before has ended. */
function inOrder(parts: readonly (readonly Placed[])[]): readonly Placed[] {
  let next = 0;
  return parts.flatMap((part) => {
    const placed = part.map(({ leaf, level }) => ({ leaf, level: level + next }));
    next = Math.max(next, ...placed.map(({ level }) => level + 1));
    return placed;
  });
}

function within(around: Surroundings, type: unknown, key: string): Surroundings {
  if (type === 'transaction') return { ...around, transaction: true };
  return key === 'then' || key === 'else' ? { ...around, conditional: true } : around;
}

function isTemplate(value: unknown): value is Template {
  return isObject(value) && (value.type === 'templateSql' || value.type === 'rawSql');
}

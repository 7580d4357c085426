import { isObject } from '#shared/jsonObject.ts';

/** A member of a tree's node; undefined where there is no such node or member. */
export function of(node: unknown, key: string): unknown {
  return isObject(node) ? node[key] : undefined;
}

/** A member that should be a list, empty where it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A member that should be a text. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

import type { Entity } from './entities.ts';
import type { Link } from './names.ts';
import type { Named } from './nameTables.ts';

type Class = Extract<Entity, { kind: 'class' | 'instance' }>;

/** More implementations than this of one type say nothing about which of them runs. */
export const MAX_HEIRS = 4;

/** Classes that extend or implement a class, by its name; none where there are too many. */
export function heirsOf(link: Link, { kind, file, class: at }: Class): readonly Class[] {
  const name = file.facts.classes[at]?.name;
  const found = name === null || name === undefined ? [] : heirsNamed(link, name);
  return found.length > MAX_HEIRS ? [] : found.map((heir) => ({ ...heir, kind }));
}

/** Classes that name this one in `extends` or `implements`, as what an instance of it may be. */
export function heirsNamed(link: Link, name: string): readonly Class[] {
  link.trace.note('class', name);
  return link.names.heirs.named(name).flatMap((named) => instanceOf(link, named));
}

/** Classes of a name, as what an instance of it may be. */
export function classesNamed(link: Link, name: string): readonly Class[] {
  link.trace.note('class', name);
  return link.names.classes.named(name).flatMap((named) => instanceOf(link, named));
}

function instanceOf({ files }: Link, { path, index }: Named): readonly Class[] {
  const file = files.get(path);
  return file ? [{ kind: 'instance', file, class: index }] : [];
}

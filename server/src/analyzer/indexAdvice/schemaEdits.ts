import type { IndexChange, IndexToDrop } from '#shared/indexChange.ts';
import type { TextEdit } from '#shared/location.ts';

/** Indexes to add and to drop, each old one once, in the order in which a database is to get them. */
export interface ChosenChanges {
  readonly added: readonly Extract<IndexChange, { change: 'add' }>[];
  readonly dropped: readonly IndexToDrop[];
}

/** What is to be done: everything that is to be added, and if `drop` what nobody needs then; never what the database needs for more than finding rows. */
export function chosenChanges(changes: readonly IndexChange[], drop: boolean): ChosenChanges {
  const added = changes.filter((each) => each.change === 'add');
  const superfluous = changes.flatMap((each) => (each.change === 'add' ? each.replaces : [each]));
  const once = new Map(superfluous.map((each) => [placeOf(each), each]));
  return { added, dropped: drop ? [...once.values()].filter(({ isBacking }) => !isBacking) : [] };
}

/** What schema files become: a longer index takes the line of the first one it makes superfluous, if that goes. */
export function schemaEdits({ added, dropped }: ChosenChanges): readonly TextEdit[] {
  const left = new Map(dropped.map((each) => [placeOf(each), each]));
  const edits = added.flatMap(({ edit, attribute, replaces }) => {
    const place = replaces.map(placeOf).find((each) => left.has(each));
    const replaced = left.get(place ?? '');
    if (!replaced) return edit ?? [];
    left.delete(placeOf(replaced));
    return [{ ...replaced.at, newText: attribute }];
  });
  return [...joined(edits), ...[...left.values()].flatMap(({ edit }) => edit ?? [])];
}

/** Lines that come in at one place as one edit; the blank line before the first is enough. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const at = Map.groupBy(edits, ({ file, span }) => `${file}:${span.start}`);
  return [...at.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const lines = more.map(({ newText }) => newText.replace(/^\r?\n/, ''));
    return [{ ...first, newText: [first.newText, ...lines].join('') }];
  });
}

function placeOf({ at: { file, span } }: IndexToDrop): string {
  return `${file}:${span.start}`;
}

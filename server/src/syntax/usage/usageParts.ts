/**
 * A followed value inside another: `path` leads from the followed value to its part, `at` from the value at hand to where that
 * part lies in it. In `const page = { items: rows }` the name `page` holds rows' part `[]` at `items`.
 */
export interface Part {
  readonly path: readonly string[];
  readonly at: readonly string[];
}

/** Steps of `at` beside property names: any element, a value under a computed key, the insides of a Map or Set. */
export const ELEMENT = '[]';
export const ANY_KEY = '?';
const TUPLE = '#';
const MAP_VALUE = '{value}';
const MAP_KEY = '{key}';
const SET_ITEM = '{item}';

export const WHOLE: Part = { path: [], at: [] };

/** The place of an array literal's nth element: kept apart from its neighbours until something goes over all of them. */
export function position(index: number): string {
  return `${TUPLE}${index}`;
}

export function wrap(part: Part, step: string): Part {
  return { path: part.path, at: [step, ...part.at] };
}

/** What reading a property gives; null when the part does not lie there. */
export function property(part: Part, name: string): Part | null {
  const [first, ...rest] = part.at;
  if (first === undefined) return { path: [...part.path, name], at: [] };
  return first === name || first === ANY_KEY ? { path: part.path, at: rest } : null;
}

/** What going over a list, set or map gives. */
export function element(part: Part): Part | null {
  const [first, ...rest] = part.at;
  if (first === undefined) return { path: [...part.path, ELEMENT], at: [] };
  if (first === MAP_VALUE) return { path: part.path, at: [position(1), ...rest] };
  if (first === MAP_KEY) return { path: part.path, at: [position(0), ...rest] };
  return isElementStep(first) ? { path: part.path, at: rest } : null;
}

/** What reading a written index gives. */
export function elementAt(part: Part, index: number): Part | null {
  const [first] = part.at;
  return first?.startsWith(TUPLE) && first !== position(index) ? null : element(part);
}

/** What reading an unknown key of a container gives; the followed value itself is no container. */
export function anyKey(part: Part): Part {
  return { path: part.path, at: part.at.slice(1) };
}

/** What lies where in the array after the first elements were taken off. */
export function tail(part: Part, from: number): Part | null {
  const [first, ...rest] = part.at;
  if (!first?.startsWith(TUPLE)) return part;
  return Number(first.slice(TUPLE.length)) >= from ? { path: part.path, at: [ELEMENT, ...rest] } : null;
}

/** The same list after its order or length may have changed. */
export function reordered(part: Part): Part {
  const [first, ...rest] = part.at;
  return first?.startsWith(TUPLE) ? { path: part.path, at: [ELEMENT, ...rest] } : part;
}

export function mapValue(part: Part): Part {
  return wrap(part, MAP_VALUE);
}

export function mapKey(part: Part): Part {
  return wrap(part, MAP_KEY);
}

export function setItem(part: Part): Part {
  return wrap(part, SET_ITEM);
}

/** `new Map(entries)`: the second of each entry becomes a value, the first a key. */
export function fromEntries(part: Part, value: string = MAP_VALUE): Part | null {
  const entry = element(part);
  const [first, ...rest] = entry?.at ?? [];
  if (!entry || first === undefined) return null;
  if (first === position(0)) return { path: part.path, at: [MAP_KEY, ...rest] };
  return { path: part.path, at: [value, ...rest] };
}

/** `map.get(key)`, and what `map.forEach` hands to its callback. */
export function stored(part: Part): Part | null {
  const [first, ...rest] = part.at;
  return first === MAP_VALUE || first === SET_ITEM ? { path: part.path, at: rest } : null;
}

export function storedKey(part: Part): Part | null {
  const [first, ...rest] = part.at;
  return first === MAP_KEY ? { path: part.path, at: rest } : null;
}

export function isMapOrSet(part: Part): boolean {
  return part.at[0] === MAP_VALUE || part.at[0] === MAP_KEY || part.at[0] === SET_ITEM;
}

/** The part lies under a name of an object, so that nothing is known of the object's methods. */
export function isUnderName(part: Part): boolean {
  const [first] = part.at;
  return first !== undefined && !isElementStep(first) && !isMapOrSet(part);
}

/** `at` in the words of facts, where all elements are alike. */
export function publicPath(steps: readonly string[]): readonly string[] {
  return steps.map((step) =>
    step.startsWith(TUPLE) || step === SET_ITEM ? ELEMENT : step.startsWith('{') ? ANY_KEY : step,
  );
}

function isElementStep(step: string): boolean {
  return step === ELEMENT || step === ANY_KEY || step === SET_ITEM || step.startsWith(TUPLE);
}

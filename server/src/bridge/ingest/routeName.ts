const LONGEST_NAME = 200;
const PLACEHOLDER = ':value';

/**
 * The name of a route without what is one request's own: its query, and parts of its path that are numbers, ids or anything else but a plain
 * word. Null where nothing is left of it.
 */
export function routeName(told: string): string | null {
  const words = told.trim().split(/\s+/).slice(0, MOST_WORDS).map(pathName);
  const name = words.filter((word) => word !== '').join(' ');
  return name === '' || name.length > LONGEST_NAME ? null : name;
}

/** `GET /api/orders`, `job mailDigest`, `Query.orders`. */
const MOST_WORDS = 2;

function pathName(told: string): string {
  const path = told.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/(?<!:\w+)[?#].*$/s, '');
  return path
    .split('/')
    .map((part) => (part === '' || isPattern(part) || isPlain(part) ? part : PLACEHOLDER))
    .join('/');
}

/** As a router writes what it takes: `:id`, `[id]`, `[...slug]`, `{id}`, `*`. */
function isPattern(part: string): boolean {
  return /^(?::[A-Za-z_]\w{0,40}\??|\[{1,2}(?:\.{3})?[A-Za-z_]\w{0,40}\]{1,2}|\{[A-Za-z_]\w{0,40}\??\}|\*{1,2}|\([a-z.]{1,20}\))$/.test(
    part,
  );
}

/** A word somebody chose: no digits in it but a version at its end, and not long. */
function isPlain(part: string): boolean {
  return part.length <= LONGEST_PART && /^[A-Za-z$_.~-]+\d{0,2}$/.test(part) && !/^[\da-f-]{8,}$/i.test(part);
}

const LONGEST_PART = 40;

/** `orderItem` of `OrderItem` and of `order_item`. */
export function camelCase(name: string): string {
  const joined = name.replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

/** `OrderItem` of `orderItem` and of `order_item`. */
export function pascalCase(name: string): string {
  const joined = camelCase(name);
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

/** What one row is called: `user`; `row` where the model's name is long, has no plural, or is a word of the language. */
export function rowName(model: string): string {
  const name = camelCase(model);
  return name.length > LONG || plural(name) === name || RESERVED.has(name) ? 'row' : name;
}

const LONG = 14;

const RESERVED: ReadonlySet<string> = new Set(
  'await case class default delete enum export function group if import in interface let new package private protected public return static switch this var with yield'.split(
    ' ',
  ),
);

/** `orderItems`, `categories`, `boxes`; a name that is plural already stays. */
export function plural(name: string): string {
  if (/(s|data|info|media)$/i.test(name) && !/(ss|us|is|as)$/i.test(name)) return name;
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/i.test(name) ? `${name}es` : `${name}s`;
}

/** `orderItem` of `OrderItem`. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

export function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `orderItems`, `categories`, `boxes`; a name that is plural already stays. */
export function plural(name: string): string {
  if (/(s|data|info|media)$/i.test(name) && !/(ss|us|is|as)$/i.test(name)) return name;
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/i.test(name) ? `${name}es` : `${name}s`;
}

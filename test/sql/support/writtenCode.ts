import type { WrittenCall } from './compareCalls.ts';

/** The call as somebody would write it; what has no notation is the call of a function. */
export function codeOf([model, operation, args]: WrittenCall): string {
  const delegate = model.charAt(0).toLowerCase() + model.slice(1);
  return `prisma.${delegate}.${operation}(${args === undefined ? '' : valueCode(args)})`;
}

function valueCode(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (Array.isArray(value)) return `[${value.map(valueCode).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : JSON.stringify(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return 'given()';
  const properties = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${valueCode(each)}`);
  return `{ ${properties.join(', ')} }`;
}

import { parseObject, textOf } from './jsonLines.ts';

/** The lines of a text log within a line of JSON, as containers and clouds keep them; any other line as it is. */
export function carriedLines(text: string): readonly string[] {
  const carrier = parseObject(text);
  const carried = textOf(carrier?.textPayload) ?? textOf(carrier?.log);
  if (carrier === null || carried === null) return [text];
  const [first = '', ...further] = carried.replace(/\r?\n$/, '').split('\n');
  const at = textOf(carrier.timestamp) ?? textOf(carrier.time);
  const [prefix] = /^.*?[A-Z]: {2}(?=\S)/.exec(first) ?? [];
  const timeless = prefix !== undefined && !/\d{4}-\d\d-\d\d[ T]\d\d:/.test(prefix);
  const timed = at !== null && timeless ? `${at} ${first}` : first;
  return [timed, ...further.map((line) => (line.startsWith('\t') ? line : `\t${line}`))];
}

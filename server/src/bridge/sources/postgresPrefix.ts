/** What stands before the message of a line, as far as it can be made out; null for what cannot. */
export interface LinePrefix {
  readonly session: string | null;
  readonly at: number | null;
  readonly database: string | null;
}

/** Reads a `log_line_prefix` without knowing its form: the parts people put there look different enough. */
export function readPrefix(prefix: string): LinePrefix {
  const time = TIME.exec(prefix)?.[0];
  const rest = time === undefined ? prefix : prefix.replace(time, ' ');
  const process = PROCESS.exec(rest) ?? PLAIN_PROCESS.exec(rest);
  const database = NAMED_DATABASE.exec(rest) ?? USER_AT_DATABASE.exec(rest);
  return {
    session: process?.slice(1).find((part) => part !== undefined) ?? null,
    at: timeOf(time) ?? epochOf(prefix),
    database: database?.[1] ?? null,
  };
}

const TIME = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?(?: [A-Z]{2,5}\b| [+-]\d{2}(?::?\d{2})?)?/;
/** `[1252]`, `[1252-3]`, `pid=1252`, or a session's own id. */
const PROCESS = /\[(\d+)(?:-\d+)?\]|\bpid[=:] ?(\d+)|\b([0-9a-f]{8}\.[0-9a-f]+)\b/;
/** The number of a process among blanks, as in `%m %p %d`. */
const PLAIN_PROCESS = /(?:^|[\s|;,])(\d{1,7})(?=[\s|;,]|$)/;
const USER_AT_DATABASE = /[\w.-]+@([\w-]+)/;
const NAMED_DATABASE = /\b(?:db|database)[=:] ?([\w-]+)/;

/** Zones PostgreSQL writes by name, apart from UTC, mean different things in different places, and are taken for UTC. */
export function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, date = '', time = '', zone = ''] = /^(\S+) (\S+)(?: (\S+))?$/.exec(text) ?? [];
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : /^[+-]/.test(zone) ? zone : 'Z';
  const at = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(at) ? null : at;
}

/** `%n`: seconds since 1970. */
function epochOf(prefix: string): number | null {
  const seconds = /\b\d{10}\.\d{3}\b/.exec(prefix)?.[0];
  return seconds === undefined ? null : Math.round(Number(seconds) * 1000);
}

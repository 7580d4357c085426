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
    at: timeOf(time) ?? epochOf(prefix) ?? timeWithoutYear(prefix, Date.now()),
    database: database?.[1] ?? null,
  };
}

const TIME = /\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z| [A-Z]{2,5}\b| ?[+-]\d{2}(?::?\d{2})?)?/;
/** `[1252]`, `[1252-3]`, `[postgres.1252]`, `pid=1252`, or a session's own id. */
const PROCESS = /\[(?:postgres\.)?(\d+)(?:-\d+)?\]|\bpid[=:] ?(\d+)|\b([0-9a-f]{8}\.[0-9a-f]+)\b/;
/** The number of a process among blanks, as in `%m %p %d`. */
const PLAIN_PROCESS = /(?:^|[\s|;,])(\d{1,7})(?=[\s|;,]|$)/;
const USER_AT_DATABASE = /[\w.-]+@([\w-]+)/;
const NAMED_DATABASE = /\b(?:db|database)[=:] ?([\w-]+)/;

/** Zones PostgreSQL writes by name, apart from UTC, mean different things in different places, and are taken for UTC. */
export function timeOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, date = '', time = '', zone = ''] = /^(\S{10})[ T]([\d:.]+) ?(\S*)$/.exec(text) ?? [];
  const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : /^[+-]/.test(zone) ? zone : 'Z';
  const at = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(at) ? null : at;
}

/** `%n`: seconds since 1970. */
function epochOf(prefix: string): number | null {
  const seconds = /\b\d{10}\.\d{3}\b/.exec(prefix)?.[0];
  return seconds === undefined ? null : Math.round(Number(seconds) * 1000);
}

const DAY_MS = 86_400_000;

/** Syslog's `Nov 21 00:25:04`: the last such time that is not to come, but for the clocks of other zones. */
export function timeWithoutYear(prefix: string, now: number): number | null {
  const [, day, time] = /\b([A-Z][a-z]{2} [ \d]\d) (\d\d:\d\d:\d\d)\b/.exec(prefix) ?? [];
  if (day === undefined) return null;
  const year = new Date(now).getUTCFullYear();
  const times = [year + 1, year, year - 1].map((one) => Date.parse(`${day} ${one} ${time} UTC`));
  return times.find((at) => at <= now + DAY_MS) ?? null;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Finding } from '#shared/finding.ts';
import { Failure } from './failure.ts';

const VERSION = 1;

const entrySchema = z.object({ id: z.string(), rule: z.string(), file: z.string() });
const baselineSchema = z.object({ version: z.literal(VERSION), findings: z.array(entrySchema) });

/** One accepted finding; rule and file are there for people and for merges, only the id counts. */
export type BaselineEntry = z.output<typeof entrySchema>;

/** The accepted findings of a baseline file, or null when there is no such file; `name` is for messages. */
export function readBaseline(path: string, name: string): readonly BaselineEntry[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Failure(`${name}: the baseline cannot be read (${String(error)})`);
  }
  return parseBaseline(text, name);
}

/** Writes one line per entry, sorted, so that two branches that accept different findings merge. */
export function writeBaseline(path: string, entries: readonly BaselineEntry[]): void {
  const sorted = [...new Map(entries.map((entry) => [entry.id, entry])).values()].sort(byFile);
  const lines = sorted.map(({ id, rule, file }) => `    ${JSON.stringify({ id, rule, file })}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  writeFileSync(path, `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`);
}

/** Accepts findings; of the entries that are there already those that `stays` names are kept. */
export function acceptFindings(
  path: string,
  name: string,
  findings: readonly Finding[],
  stays: (entry: BaselineEntry) => boolean,
): void {
  const kept = (readBaseline(path, name) ?? []).filter(stays);
  writeBaseline(path, [...kept, ...findings.map(({ id, rule, file }) => ({ id, rule, file }))]);
}

export interface BaselineMatch {
  /** Findings nobody accepted. */
  readonly fresh: readonly Finding[];
  readonly accepted: number;
  /** Entries whose finding is gone. */
  readonly stale: readonly BaselineEntry[];
}

/** `passing`: rules whose findings come and go with what was measured; an entry of theirs is never stale. */
export function applyBaseline(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  passing: ReadonlySet<string> = new Set(),
): BaselineMatch {
  const accepted = new Set(entries.map(({ id }) => id));
  const present = new Set(findings.map(({ id }) => id));
  const fresh = findings.filter(({ id }) => !accepted.has(id));
  return {
    fresh,
    accepted: findings.length - fresh.length,
    stale: entries.filter(({ id, rule }) => !present.has(id) && !passing.has(rule)),
  };
}

function parseBaseline(text: string, name: string): readonly BaselineEntry[] {
  const content = parseJson(text.replace(/^\uFEFF/, ''));
  const result = baselineSchema.safeParse(content);
  if (result.success) return result.data.findings;
  const version = z.object({ version: z.unknown() }).safeParse(content).data?.version;
  const again = 'write it anew with `querylens baseline create`';
  if (version !== undefined && version !== VERSION) {
    throw new Failure(
      `${name}: this baseline has version ${JSON.stringify(version)}, Querylens reads version ${VERSION}; ${again}`,
    );
  }
  throw new Failure(`${name}: this is not a baseline of Querylens; ${again}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function byFile(a: BaselineEntry, b: BaselineEntry): number {
  const [left, right] = [a, b].map(({ file, rule, id }) => `${file}\0${rule}\0${id}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

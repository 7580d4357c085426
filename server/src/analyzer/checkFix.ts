import { type Finding, type Fix, SEVERITIES } from '#shared/finding.ts';
import type { TypeVerdict } from '#syntax/types/typeQuestion.ts';
import type { Analyzer } from './analyzer.ts';
import { brokenBy, textsAfterFix } from './applyFixes.ts';

/** Whether a fix may be made: `broken` says in words what would be worse after it, `unchecked` what could not be looked at. */
export type FixCheck =
  | { readonly kind: 'good'; readonly texts: Texts }
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'unchecked'; readonly texts: Texts; readonly reason: string };

type Texts = ReadonlyMap<string, string>;

/** Says whether changed texts would have type errors that the present ones do not have. */
export type TypeCheck = (texts: Texts, signal: AbortSignal) => Promise<TypeVerdict>;

export interface FixTrial {
  readonly analyzer: Analyzer;
  /** All findings of the present texts by the code alone, those no one sees included: a baseline accepts no new one. */
  readonly findings: readonly Finding[];
  readonly read: (file: string) => string | null;
  /** Null where types cannot be looked at. */
  readonly types: TypeCheck | null;
  /** Milliseconds the whole check may take. */
  readonly budgetMs: number;
}

/** Tries a fix on a copy: every file parses as well as before, the finding is gone, nothing as loud and no type error is new. */
export async function checkFix(finding: Finding, fix: Fix, trial: FixTrial, signal: AbortSignal): Promise<FixCheck> {
  const texts = textsAfterFix(fix, trial.read);
  const unread = brokenBy(texts, trial.read);
  if (unread !== null) return { kind: 'broken', reason: `${unread} would no longer be valid code` };
  if (trial.budgetMs <= 0) return { kind: 'unchecked', texts, reason: 'there was no time to check it' };
  const limit = AbortSignal.timeout(trial.budgetMs);
  try {
    const inTime = AbortSignal.any([signal, limit]);
    const types = trial.types?.(texts, inTime) ?? Promise.resolve(UNTYPED);
    types.catch(() => undefined);
    const suggested = trial.findings.find(({ id }) => id === finding.id) ?? finding;
    const worse = await newTrouble(suggested, texts, trial, inTime);
    return worse === null ? verdict(texts, await types) : { kind: 'broken', reason: worse };
  } catch (error) {
    if (signal.aborted || !limit.aborted) throw error;
    return { kind: 'unchecked', texts, reason: `it could not be checked within ${trial.budgetMs} ms` };
  }
}

const UNTYPED: TypeVerdict = { kind: 'unknown', reason: "the project's types could not be loaded" };

function verdict(texts: Texts, types: TypeVerdict): FixCheck {
  if (types.kind === 'worse') return { kind: 'broken', reason: `it would add a type error: ${types.message}` };
  if (types.kind === 'unknown') return { kind: 'unchecked', texts, reason: types.reason };
  return { kind: 'good', texts };
}

async function newTrouble(
  finding: Finding,
  texts: Texts,
  { analyzer, findings }: FixTrial,
  signal: AbortSignal,
): Promise<string | null> {
  const after = await analyzer.trial(texts, signal);
  signal.throwIfAborted();
  const fresh = added(findings, after.findings).find((each) => isWorse(each, finding, texts));
  if (fresh) return `it would bring a new finding: ${fresh.rule} at ${fresh.file}:${fresh.line}`;
  const left = new Set(after.findings.map(said));
  const gone = findings.some((each) => !left.has(said(each)) && kindOf(each) === kindOf(finding));
  return gone ? null : 'the finding would still be there';
}

/** Findings of which there are more than before; their ids may change where code moves into another function. */
function added(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const known = new Set(before.map(({ id }) => id));
  const count = (findings: readonly Finding[], kind: string) => findings.filter((each) => kindOf(each) === kind).length;
  const renamed = after.filter(({ id }) => !known.has(id));
  return renamed.filter((each) => count(after, kindOf(each)) > count(before, kindOf(each)));
}

/** Equal for findings that say the same of the same query, wherever in the file it stands. */
function kindOf({ rule, file, model, operation, columns }: Finding): string {
  return [rule, file, model, operation, ...(file.endsWith('.prisma') ? columns : [])].join('\0');
}

/**
 * To trade a finding for a quieter one is to win, as when one large read takes the place of many small ones, and a hint is quiet enough. Of
 * one query one thing is said at a time, so that another may come to light, an info or no louder. And what a schema could do better for the
 * query as it is then is no reason to leave it as it is.
 */
function isWorse(fresh: Finding, removed: Finding, texts: Texts): boolean {
  const [now = 0, before = 0] = [fresh, removed].map(({ severity }) => SEVERITIES.indexOf(severity));
  const isAdvice = fresh.file.endsWith('.prisma') && !texts.has(fresh.file);
  if (isAdvice || fresh.severity === 'hint' || isRest(fresh, removed)) return false;
  return isSameQuery(fresh, removed) ? now < before && fresh.severity !== 'info' : now <= before;
}

/** Both speak of one call, which an edit above may have moved. */
function isSameQuery(fresh: Finding, removed: Finding): boolean {
  const { file, model, operation } = removed;
  const isSame = fresh.file === file && fresh.model === model && fresh.operation === operation;
  return isSame && !file.endsWith('.prisma') && Math.abs(fresh.line - removed.line) <= NEAR;
}

/** Lines an edit of a call may move it by. */
const NEAR = 5;

/** What is left of a finding that spoke of several queries and has another name now. */
function isRest(fresh: Finding, removed: Finding): boolean {
  const spokenOf = new Set(removed.related.map(({ message }) => message));
  return (
    fresh.rule === removed.rule &&
    fresh.related.length > 0 &&
    fresh.related.every(({ message }) => spokenOf.has(message))
  );
}

/** A finding that says something else now, as of one relation of two, is no longer the same. */
function said({ id, message }: Finding): string {
  return `${id} ${message}`;
}

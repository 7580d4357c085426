import type { Finding, Fix } from '#shared/finding.ts';
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
  /** All findings of the present texts, those no one sees included: a baseline accepts no new one. */
  readonly findings: readonly Finding[];
  readonly read: (file: string) => string | null;
  /** Null where types cannot be looked at. */
  readonly types: TypeCheck | null;
  /** Milliseconds the whole check may take. */
  readonly budgetMs: number;
}

/** Tries a fix on a copy: every file parses as well as before, the finding is gone, no finding and no type error is new. */
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
    const worse = await newTrouble(finding, texts, trial, inTime);
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
  const known = new Set(findings.map(({ id }) => id));
  const fresh = after.findings.find(({ id }) => !known.has(id));
  if (fresh) return `it would bring a new finding: ${fresh.rule} at ${fresh.file}:${fresh.line}`;
  const left = new Set(after.findings.map(said));
  const gone = findings.some((each) => !left.has(said(each)) && isSameCause(each, finding));
  return gone ? null : 'the finding would still be there';
}

/** A finding that says something else now, as of one relation of two, is no longer the same. */
function said({ id, message }: Finding): string {
  return `${id} ${message}`;
}

/** Equal but for the ordinal: when the first of two goes, the second takes over its id. */
function isSameCause(one: Finding, other: Finding): boolean {
  const key = ({ rule, file, model, operation }: Finding) => [rule, file, model, operation].join('\0');
  return one.id === other.id || key(one) === key(other);
}

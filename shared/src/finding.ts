import type { IndexChange } from './indexChange.ts';
import type { Range, TextEdit } from './location.ts';
import type { FormerMeasurement, Measurement } from './measurement.ts';
import type { NewFile } from './newFile.ts';

export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

/** How loud a finding is; `error` first. */
export type Severity = (typeof SEVERITIES)[number];

export const PROOFS = ['pattern', 'schema', 'observed', 'plan'] as const;

/** What stands behind a finding, weakest first: the code's shape, the schema, the running database, a query plan. */
export type Proof = (typeof PROOFS)[number];

/** `safe` keeps behaviour and may be applied unseen; `review` needs a person's eye. */
export type FixSafety = 'safe' | 'review';

/** A change that removes the cause of a finding; `edits` is empty where the fix can only be described. */
export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly TextEdit[];
  /** Files the fix brings into being, such as a migration. */
  readonly creates?: readonly NewFile[];
  /** Why a person should confirm each edit before it is made; editors show it beside the edits. Absent where one look at the result is enough. */
  readonly confirm?: string;
}

/** A further place that explains a finding: the loop, a step of the call chain, the schema line. */
export interface RelatedPlace extends Range {
  readonly file: string;
  readonly message: string;
}

/** One thing worth changing, in the terms of the public JSON contract; every presenter reads this and nothing else. */
export interface Finding extends Range {
  /** Survives line moves: rule, path, enclosing symbol, model, operation and ordinal, hashed. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly proof: Proof;
  readonly message: string;
  /** POSIX, relative to the linted root. */
  readonly file: string;
  readonly model: string | null;
  readonly operation: string | null;
  readonly columns: readonly string[];
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** Of the call, or of the dearest of the calls a finding in a schema speaks of. */
  readonly measurement: Measurement | null;
  /** What the call did before its query was changed; absent where nothing is known of that, or it was measured since. */
  readonly former?: FormerMeasurement;
  /** The index to add or to drop; absent where the finding is about none. */
  readonly index?: IndexChange;
  /** Where the rule's page is. */
  readonly docs: string;
}

/** A Prisma-looking call that could not be tied to a model, and why. */
export interface UnresolvedCall {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** How much of the project was understood, so that silence is not mistaken for health. */
export interface Coverage {
  /** Source files found. */
  readonly files: number;
  /** Of these, parsed: the others cannot reach a query. */
  readonly parsed: number;
  readonly queryCalls: number;
  readonly understood: number;
  readonly unresolved: readonly UnresolvedCall[];
}

/** A problem with the input (a broken schema, an unreadable file), reported at its place and never a reason to stop. */
export interface Problem {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  /** `rule`: a rule threw. `schema`: one is broken. `no-schema`: there is none, so nothing was checked. `config`: configuration or baseline cannot be used. `file`, and absent: a file was left out. */
  readonly kind?: 'rule' | 'schema' | 'no-schema' | 'config' | 'file';
}

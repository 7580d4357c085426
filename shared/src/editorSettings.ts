import type { Severity } from './finding.ts';

/** What an editor may set under `querylens`; the project's own configuration stays the truth, an editor only quietens. */
export interface EditorSettings {
  readonly enable: boolean;
  readonly codeLens: {
    readonly enable: boolean;
    /** What a lens says; `{measured}`, `{queries}`, `{index}` and `{findings}` are filled in. */
    readonly format: string;
    /** Which queries the number of SQL statements stands above: those that may send several, all, or none. */
    readonly statements: 'several' | 'all' | 'off';
  };
  readonly hover: {
    readonly enable: boolean;
    /** Whether the SQL is shown. */
    readonly sql: boolean;
  };
  readonly evidence: {
    /** Whether measurements are read and logs may be; never in a workspace that is not trusted. An editor that knows no trust has to ask for it. */
    readonly enable: boolean;
  };
  readonly watch: {
    /** Whether the logs a project names, and what the probe writes, are followed from the start. */
    readonly onStart: boolean;
  };
  readonly receiver: {
    /** Where the receiver listens on this machine; 0 for any port. */
    readonly port: number;
  };
  /** Greatest loudness of a rule in the editor, by rule id; `off` hides it. */
  readonly rules: Readonly<Record<string, Severity | 'off' | 'default'>>;
  readonly trace: { readonly server: 'off' | 'messages' | 'verbose' };
}

export const DEFAULT_EDITOR_SETTINGS: EditorSettings = {
  enable: true,
  codeLens: { enable: true, format: '{measured}{queries}{index}{findings}', statements: 'several' },
  hover: { enable: true, sql: true },
  evidence: { enable: false },
  watch: { onStart: false },
  receiver: { port: 4318 },
  rules: {},
  trace: { server: 'off' },
};

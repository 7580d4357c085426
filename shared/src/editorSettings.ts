import type { Severity } from './finding.ts';

/** What an editor may set under `querylens`; the project's own configuration stays the truth, an editor only quietens. */
export interface EditorSettings {
  readonly enable: boolean;
  readonly codeLens: {
    readonly enable: boolean;
    /** What a lens says; `{queries}`, `{index}` and `{findings}` are filled in. */
    readonly format: string;
  };
  readonly hover: { readonly enable: boolean };
  /** Greatest loudness of a rule in the editor, by rule id; `off` hides it. */
  readonly rules: Readonly<Record<string, Severity | 'off' | 'default'>>;
  readonly trace: { readonly server: 'off' | 'messages' | 'verbose' };
}

export const DEFAULT_EDITOR_SETTINGS: EditorSettings = {
  enable: true,
  codeLens: { enable: true, format: '{queries}{index}{findings}' },
  hover: { enable: true },
  rules: {},
  trace: { server: 'off' },
};

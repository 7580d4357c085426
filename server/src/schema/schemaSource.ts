import type { ScannedFile } from './scanSchema.ts';

/** The files that make one schema. */
export interface SchemaSource {
  /** File or folder that names the schema. */
  readonly path: string;
  readonly files: readonly ScannedFile[];
  /** Folder of migrations where a configuration names it. */
  readonly migrations: string | null;
  /** Whether a configuration names it; the others were found by looking around. */
  readonly named: boolean;
}

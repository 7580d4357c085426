import type { FolderState, ProjectState } from '../state/projectState.ts';

/** What counts and what was counted, all folders taken together. */
export interface EvidenceOverview {
  readonly allowed: boolean;
  readonly measured: boolean;
  /** Logs that are followed, as far as they are there yet; null where none are. */
  readonly watching: readonly string[] | null;
  /** Addresses that are listened at. */
  readonly receivers: readonly string[];
}

export function evidenceOverview({ folders }: ProjectState): EvidenceOverview {
  const known = folders.flatMap(({ evidence }) => evidence ?? []);
  return {
    allowed: known.some(({ allowed }) => allowed),
    measured: known.some(({ measured }) => measured),
    watching: known.some(({ watching }) => watching !== null) ? known.flatMap(({ watching }) => watching ?? []) : null,
    receivers: known.flatMap(({ receiver }) => receiver ?? []),
  };
}

/** Folders of which something holds that the server told. */
export function foldersWhere(
  { folders }: ProjectState,
  holds: (evidence: NonNullable<FolderState['evidence']>) => boolean,
): readonly FolderState[] {
  return folders.filter(({ evidence }) => evidence !== null && holds(evidence));
}

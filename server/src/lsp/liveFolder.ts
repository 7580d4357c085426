import type { Rule } from '#rules/rule.ts';
import type { EditorSettings } from '#shared/editorSettings.ts';
import type { PositionEncoding } from './clientAbilities.ts';
import type { EvidenceGate } from './evidence/evidenceGate.ts';
import type { Folder } from './folder.ts';
import type { Logger } from './logger.ts';

/** A document of the client that is laid over the disk. */
export interface OpenText {
  readonly uri: string;
  readonly text: string;
  readonly version: number;
}

/** A folder together with what only the server does to it. */
export interface LiveFolder extends Folder {
  /** Absolute, as the disk names it. */
  readonly home: string;
  /** Begins to look at it. */
  start(): void;
  opened(document: OpenText): void;
  closed(uri: string): void;
  /** Files or folders that appeared, changed or vanished. */
  changedOnDisk(uris: readonly string[]): void;
  /** Looks at the whole disk again, for clients that cannot say what changed. */
  lookAgain(): void;
  /** Shows the last analysis anew, because settings, baseline or ownership changed. */
  restate(): void;
  /** Forgets all that was read and looks again. */
  rescan(): void;
  /** It is no longer the client's: stops the work under way, and lets go of what is open. */
  leave(): void;
  /** Stops the work under way; the next change or question starts again. */
  cancel(): void;
}

/** Told how a folder's work goes. */
export interface FolderEvents {
  began(folder: LiveFolder): void;
  /** So many of the files known to be needed are read. */
  progressed(folder: LiveFolder, done: number, total: number): void;
  /** There is something provisional to show for the open documents. */
  glimpsed(folder: LiveFolder): void;
  answered(folder: LiveFolder): void;
  failed(folder: LiveFolder, error: unknown): void;
  /** It is no longer one of the client's. */
  left(folder: LiveFolder): void;
}

/** What a folder is made of. */
export interface FolderOptions {
  readonly uri: string;
  /** Absolute, as the client names it. */
  readonly given: string;
  /** Absolute, as the disk names it. */
  readonly real: string;
  readonly rules: readonly Rule[];
  readonly encoding: PositionEncoding;
  readonly events: FolderEvents;
  /** Open documents, those too large to be analysed left out. */
  readonly documents: () => readonly OpenText[];
  /** Whether this folder answers for a file, given by its absolute path on the disk. */
  readonly shows: (path: string, folder: LiveFolder) => boolean;
  readonly editor: () => EditorSettings;
  readonly evidence: EvidenceGate;
  readonly log: Logger;
}

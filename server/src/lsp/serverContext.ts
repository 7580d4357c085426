import type { Connection, ServerCapabilities, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Rule } from '#rules/rule.ts';
import type { EditorSettings } from '#shared/editorSettings.ts';
import type { ClientAbilities } from './clientAbilities.ts';
import type { Folder } from './folder.ts';
import type { Logger } from './logger.ts';

/**
 * One thing an editor can ask for, in a file of its own and listed in `features.ts`. Handlers are installed through
 * {@link ServerContext.connection}, each made by `runSafe`, which knows what to do with cancellation and with what is thrown.
 */
export interface Feature {
  /** What the client is told the server can do. */
  capabilities(client: ClientAbilities): ServerCapabilities;
  /** Called once, while the client initialises, before it may ask for anything. */
  register(server: ServerContext): void;
}

/** All a feature may know of the server. */
export interface ServerContext {
  readonly connection: Connection;
  readonly client: ClientAbilities;
  readonly log: Logger;
  readonly rules: readonly Rule[];
  /** Open documents as the client last sent them. */
  readonly documents: TextDocuments<TextDocument>;
  /** What the editor is set to now; ask each time, it changes. */
  settings(): EditorSettings;
  /** The folder that answers for a document: the nearest one that holds it, null where nobody does. */
  folderOf(uri: string): Folder | null;
  /** All folders in the order the client gave them, and projects of single files behind them. */
  folders(): readonly Folder[];
  /** Told after every new answer of a folder and after every change of what is shown of it: lenses and trees refresh then. */
  onAnswer(listener: (folder: Folder) => void): void;
  /** URI of a rule's page, for people to open. */
  pageOf(rule: string): string;
  /** The text of a file of the program that draws a report; throws where the installation lacks it. */
  readProgram(name: string): string;
}

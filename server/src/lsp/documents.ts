import { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { OpenText } from './liveFolder.ts';
import { toPath } from './uris.ts';
import { isInput } from './watchedFiles.ts';

/** Longer documents are left to the disk, which reports them as too large. */
const MAX_LENGTH = 2 * 1024 * 1024;

/** The documents the client has open, kept up to date edit by edit. */
export function createDocuments(): TextDocuments<TextDocument> {
  return new TextDocuments(TextDocument);
}

/** A document as the analyzer may see it; null for one that is no file, is nothing the analyzer reads, or is too large. */
export function openText(document: TextDocument): OpenText | null {
  const path = toPath(document.uri);
  if (path === null || !isInput(path.replaceAll('\\', '/'))) return null;
  const text = document.getText();
  return text.length > MAX_LENGTH ? null : { uri: document.uri, text, version: document.version };
}

export function openTexts(documents: TextDocuments<TextDocument>): readonly OpenText[] {
  return documents
    .all()
    .map(openText)
    .filter((each) => each !== null);
}

/** Which versions of documents a look at a folder is made from. */
export function versionsByFile(
  documents: readonly OpenText[],
  fileOf: (uri: string) => string | null,
): ReadonlyMap<string, number> {
  return new Map(
    documents.flatMap(({ uri, version }) => {
      const file = fileOf(uri);
      return file === null ? [] : [[file, version] as const];
    }),
  );
}

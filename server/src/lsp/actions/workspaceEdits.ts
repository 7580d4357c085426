import type {
  AnnotatedTextEdit,
  Range as LspRange,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { dated } from '#analyzer/newFiles.ts';
import type { Fix } from '#shared/finding.ts';
import type { Folder } from '../folder.ts';
import type { ServerContext } from '../serverContext.ts';

type Change = Pick<Fix, 'title' | 'edits' | 'creates' | 'confirm'>;

/** A fix as one edit over all its files, or null where the client cannot make it: new files need more than older clients know. */
export function fixEdit(server: ServerContext, folder: Folder, change: Change): WorkspaceEdit | null {
  const { documentChanges, resourceOperations = [] } = server.client.capabilities.workspace?.workspaceEdit ?? {};
  const now = new Date();
  const creates = (change.creates ?? []).map((file) => dated(file, now));
  if (creates.length > 0 && !(documentChanges && resourceOperations.includes('create'))) return null;
  const byFile = [...Map.groupBy(change.edits, ({ file }) => file)].map(([file, edits]) => {
    const places = folder.places(file);
    return { file, edits: edits.map(({ span, newText }) => ({ range: places.spanRange(span), newText })) };
  });
  if (!documentChanges)
    return { changes: Object.fromEntries(byFile.map(({ file, edits }) => [uriOf(server, folder, file), edits])) };
  const { annotationId, ...annotations } = annotationOf(server, change);
  const edited = byFile.map(({ file, edits }) =>
    documentEdit(
      server,
      folder,
      file,
      edits.map((edit) => ({ ...edit, ...annotationId })),
    ),
  );
  const created = creates.flatMap(({ file, text }) => [
    { kind: 'create' as const, uri: folder.uriOf(file), ...annotationId },
    documentEdit(server, folder, file, [{ range: START, newText: text, ...annotationId }]),
  ]);
  return { documentChanges: [...edited, ...created], ...annotations };
}

/** Text put in at one place, with the cursor between its two parts where the client can. */
export function insertionEdit(
  server: ServerContext,
  folder: Folder,
  file: string,
  { offset, before, after }: { readonly offset: number; readonly before: string; readonly after: string },
): WorkspaceEdit {
  const { documentChanges, snippetEditSupport } = server.client.capabilities.workspace?.workspaceEdit ?? {};
  const range = folder.places(file).spanRange({ start: offset, end: offset });
  const plain: TextEdit = { range, newText: before + after };
  if (!documentChanges) return { changes: { [uriOf(server, folder, file)]: [plain] } };
  const value = `${escaped(before)}$0${escaped(after)}`;
  const edit = snippetEditSupport ? { range, snippet: { kind: 'snippet' as const, value } } : plain;
  return { documentChanges: [documentEdit(server, folder, file, [edit])] };
}

/** A document's URI in the client's own spelling where it has the document open. */
function uriOf({ documents }: ServerContext, folder: Folder, file: string): string {
  return documents.keys().find((uri) => folder.fileOf(uri) === file) ?? folder.uriOf(file);
}

type Edit = TextEdit | AnnotatedTextEdit | SnippetTextEdit;

/** Open documents carry their version, so that the client refuses what was made for an older text. */
function documentEdit(server: ServerContext, folder: Folder, file: string, edits: Edit[]): TextDocumentEdit {
  const uri = uriOf(server, folder, file);
  return { textDocument: { uri, version: server.documents.get(uri)?.version ?? null }, edits };
}

const START: LspRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const ANNOTATION = 'querylens';

interface Annotation extends Pick<WorkspaceEdit, 'changeAnnotations'> {
  readonly annotationId: { readonly annotationId: string } | null;
}

/** What a person should confirm, in clients that ask. */
function annotationOf({ client }: ServerContext, { title, confirm }: Change): Annotation {
  const asks = client.capabilities.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
  if (!asks || confirm === undefined) return { annotationId: null };
  const annotation = { label: title, description: confirm, needsConfirmation: true };
  return { annotationId: { annotationId: ANNOTATION }, changeAnnotations: { [ANNOTATION]: annotation } };
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

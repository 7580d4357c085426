import { openText } from './documents.ts';
import type { Folders } from './folders.ts';
import { runLogged } from './runSafe.ts';
import type { ServerContext } from './serverContext.ts';
import { isEvidence } from './watchedFiles.ts';

/** Lays what the client has open over the folders, and passes on what changes on the disk below. */
export function followDocuments(server: ServerContext, folders: Folders): void {
  const { connection, client, documents, log } = server;
  documents.listen(connection);
  documents.onDidChangeContent(({ document }) =>
    runLogged(log, 'reading a document', () => {
      const text = openText(document);
      if (text) folders.adopt(text.uri);
      for (const folder of folders.all()) text ? folder.opened(text) : folder.closed(document.uri);
    }),
  );
  documents.onDidClose(({ document: { uri } }) =>
    runLogged(log, 'closing a document', () => {
      for (const folder of folders.all()) folder.closed(uri);
      folders.release();
    }),
  );
  documents.onDidSave(() =>
    runLogged(log, 'saving a document', () => {
      if (!client.dynamicWatchedFiles) for (const folder of folders.all()) folder.lookAgain();
    }),
  );
  connection.onDidChangeWatchedFiles(({ changes }) =>
    runLogged(log, 'reading changed files', () => {
      const uris = changes.map(({ uri }) => uri);
      const others = uris.filter((uri) => !isEvidence(uri));
      for (const folder of folders.all()) {
        if (others.length < uris.length) folder.lookAtEvidence();
        if (others.length > 0) folder.changedOnDisk(others);
      }
    }),
  );
}

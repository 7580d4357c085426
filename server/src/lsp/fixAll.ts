import type { CodeAction } from 'vscode-languageserver/node';
import { safeEdits } from '#analyzer/applyFixes.ts';
import { fixEdit } from './actions/workspaceEdits.ts';
import type { Asked } from './asked.ts';
import type { ServerContext } from './serverContext.ts';

/** The kind an editor asks for on save. */
export const FIX_ALL = 'source.fixAll.querylens';

/** One edit with the safe fixes of a file's findings, those alone that stay within the file; none where there is nothing to fix. */
export function fixAllAction(server: ServerContext, { folder, file, answer }: Asked): CodeAction | null {
  const title = 'Apply all safe fixes of Querylens';
  const inFile = answer.findings
    .filter((finding) => finding.file === file)
    .map((finding) => ({
      ...finding,
      fixes: finding.fixes.filter(
        ({ edits, creates = [] }) => creates.length === 0 && edits.every((edit) => edit.file === file),
      ),
    }));
  const edits = safeEdits(inFile, (path) => folder.workspace.read(path));
  const edit = edits.length > 0 ? fixEdit(server, folder, { title, edits }) : null;
  return edit && { title, kind: FIX_ALL, edit };
}

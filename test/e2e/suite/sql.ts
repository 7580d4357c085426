import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { open, shopFile } from './shop.ts';

const REVIEWS = 'src/services/reviews.ts';

describe('the SQL of a call', () => {
  it('is a block of its hover that the editor highlights, with links that run commands', async () => {
    const { document } = await open(REVIEWS);
    const at = document.positionAt(document.getText().indexOf('findMany') + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      shopFile(REVIEWS),
      at,
    );
    const text = hovers.flatMap(({ contents }) => contents.map(textOf)).find((each) => each.includes('SQL')) ?? '';
    assert.match(text, /Sends \*\*3 SQL statements\*\*\. At most 50 rows of `Review`\./);
    assert.match(text, /```sql\nSELECT `id`, /);
    assert.match(text, /\]\(command:querylens\.copySql\?/);
  });

  it('is counted by lenses once they are resolved', async () => {
    await open(REVIEWS);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      shopFile(REVIEWS),
      100,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '').filter((title) => /quer/.test(title));
    assert.deepEqual(titles, ['3 queries · 1 finding', '2 queries']);
  });

  it('opens as a document of its own', async () => {
    const { document } = await open(REVIEWS);
    const at = document.positionAt(document.getText().lastIndexOf('findMany'));
    const place = { line: at.line, character: at.character };
    await vscode.commands.executeCommand('querylens.showSql', shopFile(REVIEWS).toString(), place);
    const shown = vscode.window.activeTextEditor?.document;
    assert.equal(shown?.languageId, 'sql');
    assert.match(shown.getText(), /^-- Review\.findMany\n-- At most 50 rows of Review\n\nSELECT\n? /);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

function textOf(content: vscode.MarkdownString | vscode.MarkedString): string {
  return typeof content === 'string' ? content : content.value;
}

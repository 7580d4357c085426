import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { diagnosticsOf, open, until } from './shop.ts';

const REVIEWS = 'src/services/reviews.ts';

describe('code actions', () => {
  it('fix a finding by one edit, and undo brings it back', async () => {
    const { document } = await open(REVIEWS);
    const [found] = await until('a finding', () => (diagnosticsOf(REVIEWS).length > 0 ? diagnosticsOf(REVIEWS) : null));
    assert.ok(found);
    const offered = await actionsAt(document.uri, found.range);
    assert.ok(offered.every(({ title }) => title !== ''));
    const fix = offered.find(({ title }) => title === 'Drop `user`');
    assert.ok(fix?.edit, offered.map(({ title }) => title).join('; '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /include: \{ product: true \}/);
    await until('no warning', () => !warns());
    await vscode.commands.executeCommand('undo');
    await until('the warning', warns);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('offer a way to disable, to accept and to read on', async () => {
    const { document } = await open(REVIEWS);
    const [found] = await until('a finding', () => (diagnosticsOf(REVIEWS).length > 0 ? diagnosticsOf(REVIEWS) : null));
    assert.ok(found);
    const titles = (await actionsAt(document.uri, found.range)).map(({ title }) => title);
    for (const wanted of [
      /for this line, with a reason$/,
      /for this file, with a reason$/,
      /to the baseline$/,
      /^Explain /,
    ])
      assert.ok(
        titles.some((title) => wanted.test(title)),
        `${wanted} among ${titles.join('; ')}`,
      );
  });

  it('apply nothing unseen that wants a look', async () => {
    const { document } = await open(REVIEWS);
    await until('the warning', warns);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const all = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      whole,
      'source.fixAll.querylens',
    );
    assert.deepEqual(
      all.map(({ title }) => title),
      [],
    );
  });
});

function warns(): boolean {
  return diagnosticsOf(REVIEWS).some(({ severity }) => severity === vscode.DiagnosticSeverity.Warning);
}

/** Quick fixes of a place, resolved as an editor does before it applies them. */
async function actionsAt(uri: vscode.Uri, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  const resolve = 20;
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, 'quickfix', resolve);
}

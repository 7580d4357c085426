import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { diagnosticsOf, open, querylens, shopFile, shown, until, whileChanged } from './shop.ts';

const ORDERS = 'src/services/orders.ts';
const SCHEMA = 'prisma/schema.prisma';

describe('diagnostics', () => {
  it('say what, where, why and where to read on', async () => {
    const { document } = await open(ORDERS);
    const [found] = await until('a finding', () => (diagnosticsOf(ORDERS).length > 0 ? diagnosticsOf(ORDERS) : null));
    assert.ok(found);
    assert.equal(document.getText(found.range), 'prisma.user.findUniqueOrThrow');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(found.message, /once per element of `orders`/);
    assert.ok(typeof found.code === 'object');
    assert.equal(found.code.value, 'n-plus-one');
    assert.match(found.code.target.toString(), /n-plus-one/);
    const [loop] = found.relatedInformation ?? [];
    assert.equal(loop?.location.range.start.line, 13);
  });

  it('stand in the schema too', async () => {
    await open(SCHEMA);
    await until('missing indexes', () => shown(SCHEMA).filter((line) => line.startsWith('missing-index')).length === 2);
  });

  it('follow what is typed and not saved', async () => {
    const { document } = await open(ORDERS);
    await until('the finding', () => shown(ORDERS).includes('n-plus-one 15'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '\n\n');
    await vscode.workspace.applyEdit(edit);
    await until('the finding two lines below', () => shown(ORDERS).includes('n-plus-one 17'));
    await vscode.commands.executeCommand('undo');
    await until('the finding at its place', () => shown(ORDERS).includes('n-plus-one 15'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('follow a schema that another program changes', async () => {
    await open(ORDERS);
    await until('the finding', () => shown(ORDERS).includes('n-plus-one 15'));
    const rename = (text: string): string => text.replaceAll(/\bUser\b/g, 'Customer');
    await whileChanged(SCHEMA, rename, async () => {
      await until('no `user` to ask for', () => !shown(ORDERS).includes('n-plus-one 15'));
    });
    await until('the finding again', () => shown(ORDERS).includes('n-plus-one 15'));
  });

  it('are the same findings as the view lists', async () => {
    const api = await querylens();
    const listed = () => api.findings().map(({ uri, finding }) => `${uri} ${finding.rule} ${finding.line}`);
    // The view follows the diagnostics after a pause.
    await until('the shop as it stands', () => listed().length >= 8 && listed().length === drawn().length);
    assert.deepEqual(drawn().sort(), listed().sort());
    assert.ok(listed().some((line) => line.startsWith(shopFile(ORDERS).toString())));
  });
});

describe('settings', () => {
  it('make a rule quieter and take effect at once', async () => {
    const settings = vscode.workspace.getConfiguration('querylens');
    await open(ORDERS);
    await until('the finding', () => shown(ORDERS).includes('n-plus-one 15'));
    await settings.update('rules', { 'n-plus-one': 'off' }, vscode.ConfigurationTarget.Workspace);
    await until('silence', () => shown(ORDERS).length === 0);
    await settings.update('rules', { 'n-plus-one': 'hint' }, vscode.ConfigurationTarget.Workspace);
    await until('a hint', () => diagnosticsOf(ORDERS)[0]?.severity === vscode.DiagnosticSeverity.Hint);
    await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await until('the warning', () => diagnosticsOf(ORDERS)[0]?.severity === vscode.DiagnosticSeverity.Warning);
  });
});

/** Every diagnostic of ours in the workspace. */
function drawn(): string[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, all]) =>
      all
        .filter(({ source }) => source === 'querylens')
        .map(({ code, range }) => `${uri} ${typeof code === 'object' ? code.value : code} ${range.start.line + 1}`),
    );
}

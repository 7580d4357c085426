import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };
import { querylens, until } from './shop.ts';

describe('the extension', () => {
  it('activates by itself where there is a Prisma schema', async () => {
    const id = `${manifest.publisher}.${manifest.name}`;
    await until('activation', () => vscode.extensions.getExtension(id)?.isActive ?? false);
  });

  it('has every command of its manifest', async () => {
    await querylens();
    const all = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((command) => !all.has(command));
    assert.deepEqual(missing, []);
  });

  it('runs a server that understood every call of the shop', async () => {
    const api = await querylens();
    assert.notEqual(api.client, null);
    assert.deepEqual(
      api.state().folders.map(({ status }) => status?.kind),
      ['ready'],
    );
  });
});

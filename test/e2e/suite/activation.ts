import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { extensions } from 'vscode';

const ID = 'querylens.querylens';

describe('the extension', () => {
  it('activates', async () => {
    const extension = extensions.getExtension(ID);
    assert.ok(extension, `${ID} is not there`);
    await extension.activate();
    assert.ok(extension.isActive);
  });
});

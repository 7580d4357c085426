import type { CodeLens, InitializeParams } from 'vscode-languageserver-protocol';
import { type LspClient, PUSHING } from '#test/support/lspClient.ts';

/** Settings of an editor that asks for measurements. */
export const ENABLED = { evidence: { enable: true } };

/** An editor that is told when its lenses are old. */
export const REFRESHING: InitializeParams['capabilities'] = {
  ...PUSHING,
  workspace: { ...PUSHING.workspace, codeLens: { refreshSupport: true } },
};

/** The first lens of the measured call's file. */
export async function lensOf(client: LspClient): Promise<string> {
  const params = { textDocument: { uri: client.uri('src/titles.ts') } };
  const [first] = (await client.request<CodeLens[] | null>('textDocument/codeLens', params)) ?? [];
  return first?.command?.title ?? '';
}

/** Waits for the lens to be as expected; each new answer is told by a refresh. */
export async function lensBecomes(client: LspClient, expected: RegExp): Promise<void> {
  const refreshes = () => client.all('workspace/codeLens/refresh').length;
  for (let told = refreshes(), said = await lensOf(client); !expected.test(said); said = await lensOf(client)) {
    await client.until(`a lens like ${expected}, which was: ${said}`, () => refreshes() > told);
    told = refreshes();
  }
}

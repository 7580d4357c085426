import { DidChangeConfigurationNotification, type DidChangeConfigurationParams } from 'vscode-languageserver/node';
import { DEFAULT_EDITOR_SETTINGS, type EditorSettings } from '#shared/editorSettings.ts';
import { readEditorSettings } from './editorSettings.ts';
import { runLogged } from './runSafe.ts';
import type { ServerContext } from './serverContext.ts';

const SECTION = 'querylens';

/** What the editor is set to, kept up to date whichever way the client tells. */
export interface SettingsSync {
  current(): EditorSettings;
  /** Asks the client, and from then on listens; resolves once the settings are known. */
  start(): Promise<void>;
}

export function createSettingsSync(
  { connection, client, log }: Pick<ServerContext, 'connection' | 'client' | 'log'>,
  changed: () => void,
): SettingsSync {
  let current = DEFAULT_EDITOR_SETTINGS;
  const take = (sent: unknown): void => {
    const { settings, complaints } = readEditorSettings(sent);
    if (complaints.length > 0) log.warn(`settings of the editor: ${complaints.join('; ')}`);
    const differ = JSON.stringify(settings) !== JSON.stringify(current);
    current = settings;
    if (differ) changed();
  };
  const ask = async (): Promise<void> => take(await connection.workspace.getConfiguration(SECTION));
  connection.onDidChangeConfiguration((params) =>
    runLogged(log, 'reading settings', () => (client.configuration ? ask() : take(sectionOf(params)))),
  );
  return {
    current: () => current,
    start: () =>
      runLogged(log, 'reading settings', async () => {
        if (!client.configuration) return;
        await ask();
        if (client.dynamicConfiguration)
          void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
      }),
  };
}

function sectionOf({ settings }: DidChangeConfigurationParams): unknown {
  return typeof settings === 'object' && settings !== null && SECTION in settings ? settings[SECTION] : undefined;
}

import type { ClientAbilities } from '../clientAbilities.ts';
import type { SettingsSync } from '../settingsSync.ts';

/** Whether databases may be opened and programs of ours run beside the server: the editor's setting, in a workspace that is trusted. */
export interface EvidenceGate {
  allowed(): boolean;
  /** The person trusts the workspace from now on. */
  trust(): void;
}

export function createEvidenceGate(
  { trusted }: Pick<ClientAbilities, 'trusted'>,
  settings: SettingsSync['current'],
): EvidenceGate {
  let refused = trusted === false;
  return {
    allowed: () => !refused && settings().enable && settings().evidence.enable,
    trust: () => {
      refused = false;
    },
  };
}

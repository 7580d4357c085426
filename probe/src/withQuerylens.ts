import { observedClient } from './observedClient.ts';
import { recorderFor } from './recorder.ts';
import { type ProbeOptions, probeSettings } from './settings.ts';

/** The client, with every call told from where it was made; where the probe is off, the client itself. */
export function withQuerylens<Client extends object>(client: Client, options: ProbeOptions = {}): Client {
  const settings = probeSettings(options);
  return settings.enabled
    ? observedClient(client, { recorder: recorderFor(settings), client: { active: false } })
    : client;
}

import type { LanguageClient } from 'vscode-languageclient/node';
import type { ListedFinding } from '#shared/protocol.ts';
import type { Session } from './server/session.ts';
import { isSettled, type ProjectState } from './state/projectState.ts';
import type { ProjectStore } from './state/projectStore.ts';

/** What `activate` gives to other extensions and to tests. */
export interface QuerylensApi {
  /** The running client, null while the server is down. */
  readonly client: LanguageClient | null;
  /** Settles once every folder has its first answer. */
  readonly ready: Promise<void>;
  /** What the views are drawn from. */
  state(): ProjectState;
  /** All findings of all folders, as the view lists them. */
  findings(): readonly ListedFinding[];
}

export function createApi(store: ProjectStore, session: Session): QuerylensApi {
  return {
    get client() {
      return session.client();
    },
    ready: store.until(isSettled),
    state: () => store.state(),
    findings: () => store.state().folders.flatMap(({ findings }) => findings),
  };
}

import { type ClientCapabilities, type InitializeParams, PositionEncodingKind } from 'vscode-languageserver/node';

/** How columns are counted between this client and the server. */
export type PositionEncoding = typeof PositionEncodingKind.UTF16 | typeof PositionEncodingKind.UTF8;

/** What the client can do, as far as the server's behaviour depends on it; asked here and nowhere else. */
export interface ClientAbilities {
  /** Everything as sent, for features with questions of their own. */
  readonly capabilities: ClientCapabilities;
  readonly positionEncoding: PositionEncoding;
  /** Whether the client fetches diagnostics itself; else they are pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly diagnosticTags: boolean;
  readonly configuration: boolean;
  readonly dynamicConfiguration: boolean;
  readonly dynamicWatchedFiles: boolean;
  readonly relativePatterns: boolean;
  readonly workspaceFolders: boolean;
  readonly showsDocuments: boolean;
  readonly refreshesCodeLenses: boolean;
  /** Commands the client runs for the server, as `initializationOptions.commands` lists them. */
  readonly commands: ReadonlySet<string>;
  /** Milliseconds a fix may be checked before it is made unverified; `initializationOptions.fixCheckMs`, 0 for no check. */
  readonly fixCheckMs: number;
  /** Whether the workspace is trusted, as `initializationOptions.trusted` says; null for a client that knows no trust. */
  readonly trusted: boolean | null;
  /** Whether the client shows by itself how a first scan goes, as `initializationOptions.showsStatus` says. */
  readonly showsStatus: boolean;
}

const FIX_CHECK_MS = 1500;

export function clientAbilities({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { general, textDocument, workspace, window } = capabilities;
  const encodings = general?.positionEncodings ?? [];
  const takesUtf16 = encodings.length === 0 || encodings.includes(PositionEncodingKind.UTF16);
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const pullsDiagnostics = pullsByWish(initializationOptions) ?? (pulled !== undefined && refreshes(capabilities));
  const shown = pullsDiagnostics ? { ...published, ...pulled } : published;
  return {
    capabilities,
    positionEncoding:
      !takesUtf16 && encodings.includes(PositionEncodingKind.UTF8)
        ? PositionEncodingKind.UTF8
        : PositionEncodingKind.UTF16,
    pullsDiagnostics,
    refreshesDiagnostics: refreshes(capabilities),
    relatedInformation: shown?.relatedInformation === true,
    codeDescription: shown?.codeDescriptionSupport === true,
    diagnosticData: shown?.dataSupport === true,
    diagnosticTags: shown?.tagSupport !== undefined,
    configuration: workspace?.configuration === true,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    dynamicWatchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    showsDocuments: window?.showDocument?.support === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    commands: commandsOf(initializationOptions),
    fixCheckMs: fixCheckMsOf(initializationOptions),
    trusted: flagOf(initializationOptions, 'trusted'),
    showsStatus: flagOf(initializationOptions, 'showsStatus') === true,
  };
}

function refreshes({ workspace }: ClientCapabilities): boolean {
  return workspace?.diagnostics?.refreshSupport === true;
}

function commandsOf(options: unknown): ReadonlySet<string> {
  if (typeof options !== 'object' || options === null || !('commands' in options)) return new Set();
  const { commands } = options;
  return new Set(Array.isArray(commands) ? commands.filter((name) => typeof name === 'string') : []);
}

function fixCheckMsOf(options: unknown): number {
  if (typeof options !== 'object' || options === null || !('fixCheckMs' in options)) return FIX_CHECK_MS;
  return typeof options.fixCheckMs === 'number' ? options.fixCheckMs : FIX_CHECK_MS;
}

function flagOf(options: unknown, name: string): boolean | null {
  const value: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, name) : null;
  return typeof value === 'boolean' ? value : null;
}

/** Some editors that can fetch diagnostics do so for the open file only: `initializationOptions` may choose. */
function pullsByWish(options: unknown): boolean | null {
  if (typeof options !== 'object' || options === null || !('diagnostics' in options)) return null;
  return options.diagnostics === 'pull' ? true : options.diagnostics === 'push' ? false : null;
}

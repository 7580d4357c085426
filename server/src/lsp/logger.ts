import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';

/** Where the server says what it does; nothing else may write to the client's log, and nothing at all to standard output. */
export interface Logger {
  error(text: string): void;
  warn(text: string): void;
  info(text: string): void;
  debug(text: string): void;
  /** Shown while the client traces: `details` only at the level `verbose`. */
  trace(text: string, details?: string): void;
  /** An error that is logged with its operation's name: once per operation and message, with the stack for whoever debugs. */
  failure(operation: string, error: unknown): void;
  /** A notification the user has to see; once per cause, whatever its words. */
  popup(cause: string, text: string): void;
  /** What became of something the user asked for: each time, whatever was said before. */
  tell(kind: 'info' | 'error', text: string): void;
}

/** A logger over `window/logMessage`, `$/logTrace` and `window/showMessage`. */
export function createLogger(connection: Connection): Logger {
  const { console, tracer } = connection;
  const failed = new Set<string>();
  const shown = new Set<string>();
  return {
    error: (text) => console.error(text),
    warn: (text) => console.warn(text),
    info: (text) => console.info(text),
    debug: (text) => console.debug(text),
    trace: (text, details) => tracer.log(text, details),
    failure: (operation, error) => {
      const text = `${operation} failed: ${error instanceof Error ? error.message : String(error)}`;
      if (!addNew(failed, text)) return;
      console.error(text);
      if (error instanceof Error && error.stack) tracer.log(text, error.stack);
    },
    popup: (cause, text) => {
      if (!addNew(shown, cause)) return;
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: text });
    },
    tell: (kind, message) => {
      const type = kind === 'error' ? MessageType.Error : MessageType.Info;
      void connection.sendNotification(ShowMessageNotification.type, { type, message });
    },
  };
}

function addNew(known: Set<string>, text: string): boolean {
  const isNew = !known.has(text);
  known.add(text);
  return isNew;
}

import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Logger } from './logger.ts';

/** What the connection takes for a request. */
export type Handler<Params, Result> = (
  params: Params,
  token: CancellationToken,
) => Promise<Result | ResponseError<never>>;

/**
 * A request handler that always answers: a request the client gave up is `RequestCancelled`, work that went stale is `ContentModified`, and what is
 * thrown is logged once under the operation's name while the client gets the fallback.
 */
export function runSafe<Params, Result>(
  log: Logger,
  operation: string,
  fallback: Result,
  work: (params: Params, signal: AbortSignal) => Promise<Result> | Result,
): Handler<Params, Result> {
  return async (params, token) => {
    const signal = abortSignalOf(token);
    try {
      const result = await work(params, signal);
      return signal.aborted ? cancelled(operation) : result;
    } catch (error) {
      if (signal.aborted) return cancelled(operation);
      if (error instanceof StaleWork) return new ResponseError<never>(LSPErrorCodes.ContentModified, error.message);
      log.failure(operation, error);
      return fallback;
    }
  };
}

/** For notifications and work nobody waits for: what is thrown is logged once under the operation's name. */
export async function runLogged(log: Logger, operation: string, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StaleWork)) log.failure(operation, error);
  }
}

/** The reason of work that was stopped because its inputs changed or somebody stopped it; never logged. */
export class StaleWork extends Error {
  override readonly name = 'StaleWork';
}

/** Aborted as soon as the client cancels. */
export function abortSignalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort(new StaleWork('cancelled by the client'));
  else token.onCancellationRequested(() => controller.abort(new StaleWork('cancelled by the client')));
  return controller.signal;
}

function cancelled(operation: string): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, `${operation} was cancelled`);
}

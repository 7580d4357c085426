import { Failure } from '#analyzer/failure.ts';
import { createDeliveries, type Deliveries } from '#bridge/receive/deliveries.ts';
import { type Receiver, startReceiver } from '#bridge/receive/receiver.ts';
import { type Collecting, type CollectOptions, collect, ingestMeans } from '../collecting/collecting.ts';
import { unmatchedListing } from '../collecting/ingestSummary.ts';
import { receivedLine } from '../collecting/receivedLine.ts';
import { stopSignal } from '../collecting/stopSignal.ts';
import { createTeller } from '../collecting/tell.ts';
import type { Host } from '../host.ts';
import type { RunSurroundings } from '../projectRun.ts';

export interface ServeOptions extends CollectOptions {
  readonly port: string;
  readonly explainUnmatched?: boolean;
  /** The process to end with. */
  readonly clientProcessId?: string;
}

/**
 * Counts what applications on this machine send until it is asked to end. The port is open at once: who sends before the project is read, waits
 * so long.
 */
export async function serve(
  options: ServeOptions,
  host: Host,
  around: Pick<RunSurroundings, 'rules' | 'log'>,
): Promise<boolean> {
  const stop = stopSignal(host, options.clientProcessId === undefined ? null : Number(options.clientProcessId));
  const { promise: ready, resolve: begin } = Promise.withResolvers<Pick<Deliveries, 'take'>>();
  const receiver = await openPort(options, host, { take: async (delivery) => (await ready).take(delivery) });
  try {
    return await collect(options, host, around, async (collecting) => {
      const line = receivedLine(host.stderr);
      const { promise: broken, reject: breakOff } = Promise.withResolvers<void>();
      const deliveries = createDeliveries(meansOf(collecting, line.show, breakOff));
      begin(deliveries);
      tellAddress(receiver, collecting);
      try {
        await Promise.race([aborted(stop), broken]);
      } finally {
        await receiver.close();
        await deliveries.close();
        line.clear();
      }
      collecting.finish([]);
      if (options.explainUnmatched) collecting.tell.text(unmatchedListing(collecting.counter.counts.unmatched));
      return true;
    });
  } finally {
    begin({ take: async () => false });
    await receiver.close();
  }
}

async function openPort(
  { port, json = false }: ServeOptions,
  host: Host,
  deliveries: Pick<Deliveries, 'take'>,
): Promise<Receiver> {
  const started = isPort(port) ? await startReceiver(Number(port), deliveries) : WRONG_PORT;
  if (started.kind === 'listening') return started.receiver;
  const message =
    started.kind === 'taken'
      ? `port ${port} is taken, by another \`querylens serve\` or an OpenTelemetry collector: end that, or take another with --port`
      : `port ${port} cannot be opened: ${started.reason}`;
  createTeller(host, json).event({ kind: 'failed', message });
  throw new Failure(message);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) < 65_536;
}

const WRONG_PORT = { kind: 'refused', reason: 'it is no number from 0 to 65535' } as const;

function meansOf(collecting: Collecting, show: (executions: number) => void, breakOff: (failure: Failure) => void) {
  const { counter, tell, takeEdits, written } = collecting;
  let failing = false;
  return {
    ...ingestMeans(collecting),
    ...{ dialect: counter.dialect, takeEdits },
    written: () => {
      failing = false;
      written();
      show(counter.counts.executions);
    },
    failed: (error: unknown) => {
      // What a person must put right is not tried again.
      if (error instanceof Failure) return breakOff(error);
      const reason = error instanceof Error ? error.message : String(error);
      const message = `what is received cannot be written, and is tried again until it can: ${reason}`;
      if (!failing) tell.event({ kind: 'warning', message });
      failing = true;
    },
  };
}

function tellAddress({ port }: Receiver, { tell }: Collecting): void {
  const url = `http://localhost:${port}`;
  tell.event({ kind: 'started', files: [], url });
  tell.text(
    `receiving at ${url}\n  OpenTelemetry: ${url}/v1/traces\n  @querylens/probe: withQuerylens(prisma, { to: '${url}' })\n`,
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

import type { Host } from '../host.ts';

/** In milliseconds: nobody is waiting. */
const LOOK_MS = 3000;

/** Aborted when whoever runs long is asked to end, or when the process it works for is gone. */
export function stopSignal(host: Host, clientProcessId: number | null): AbortSignal {
  const asked = host.stopAsked();
  if (clientProcessId === null) return asked;
  const gone = new AbortController();
  const timer = setInterval(() => {
    if (isAlive(clientProcessId)) return;
    clearInterval(timer);
    gone.abort();
  }, LOOK_MS);
  timer.unref();
  return AbortSignal.any([asked, gone.signal]);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // One of another user may not be asked, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

import type { RunningCall } from './runningCall.ts';
import type { Watch, WatchedCall } from './scope.ts';

/** Notes a call that begins; what comes back notes its end. */
export function watchCall(watch: Watch, call: RunningCall): () => void {
  const now = currentTurn();
  const isBefore = (other: WatchedCall) =>
    !other.answered && other.turn === now && other.call.place.site === call.place.site;
  const joined = BATCHED.has(call.method.operation) && watch.calls.some(isBefore);
  const watched: WatchedCall = { call, turn: now, joined, answered: false };
  watch.calls.push(watched);
  return () => {
    watched.answered = true;
  };
}

const BATCHED: ReadonlySet<string> = new Set(['findUnique', 'findUniqueOrThrow']);

let turn = 0;
let scheduled = false;

/** Number of the event loop's turn. */
function currentTurn(): number {
  if (!scheduled) {
    scheduled = true;
    setImmediate(() => {
      turn += 1;
      scheduled = false;
    }).unref();
  }
  return turn;
}

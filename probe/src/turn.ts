let turn = 0;
let scheduled = false;

/** Number of the event loop's turn; Prisma sends the `findUnique` calls of one turn together. */
export function currentTurn(): number {
  if (!scheduled) {
    scheduled = true;
    setImmediate(() => {
      turn += 1;
      scheduled = false;
    }).unref();
  }
  return turn;
}

const NOTHING_BEFORE: ReadonlySet<string> = new Set([',', ')', '.', '::', '[', ']', ';']);
const NOTHING_AFTER: ReadonlySet<string> = new Set(['(', '.', '::', '[']);

/** Sets the pieces of a statement with one blank between them, none around what binds tightly. */
export function joinPieces(pieces: readonly string[]): string {
  let text = '';
  let before = '(';
  for (const piece of pieces) {
    text += isTight(before, piece) ? piece : ` ${piece}`;
    before = piece;
  }
  return text;
}

/** Two marks alike side by side would read as another. */
function isTight(before: string, piece: string): boolean {
  return (NOTHING_AFTER.has(before) || NOTHING_BEFORE.has(piece) || isFoldedArray(piece)) && !merges(before, piece);
}

function merges(before: string, piece: string): boolean {
  return (before.endsWith('.') && piece.startsWith('.')) || (before === '::' && piece === '::');
}

function isFoldedArray(piece: string): boolean {
  return piece.startsWith('[') && /^\[[([]*\?/.test(piece);
}

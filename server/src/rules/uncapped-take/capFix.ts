import { carried, type DraftFix } from '#graph/edits/draft.ts';
import type { Taken } from './taken.ts';

/** An upper bound written into the schema, or around the number where it is used; null where neither can be written in place. */
export function capFix({ origin: { declared }, at }: Taken, shared: boolean, cap: number): DraftFix | null {
  if (declared) {
    if (!declared.number) return null;
    const { end } = declared.number;
    const edit = { file: declared.file, span: { start: end, end }, newText: `.max(${cap})` };
    return { title: `Let through at most ${cap}`, safety: 'review', edits: [edit] };
  }
  if (!at || shared) return null;
  const { file, span } = at;
  const newText = [at.shorthand ? 'take: Math.min(' : 'Math.min(', carried(file, span), `, ${cap})`];
  return { title: `Read at most ${cap} rows`, safety: 'review', edits: [{ file, span, newText }] };
}

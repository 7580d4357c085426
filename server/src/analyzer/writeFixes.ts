import type { Carried, DraftEdit, DraftFix, FreshName, Piece } from '#graph/edits/draft.ts';
import type { Fix } from '#shared/finding.ts';
import type { TextEdit } from '#shared/location.ts';
import type { FileFacts } from '#syntax/facts.ts';

type Read = (file: string) => string;

/** Writes drafts out over the workspace's texts, each read once and only where a draft carries source over. */
export function fixWriter(
  readText: (file: string) => string | null,
  files: ReadonlyMap<string, FileFacts>,
): (draft: DraftFix) => Fix {
  const known = new Map<string, string>();
  const read = (file: string) => {
    const text = known.get(file) ?? readText(file) ?? '';
    known.set(file, text);
    return text;
  };
  const indentOf = (file: string) => files.get(file)?.layout.indent ?? ' ';
  return (draft) => ({ ...draft, edits: draft.edits.map((edit) => written(edit, read, indentOf)) });
}

function written(edit: DraftEdit, read: Read, indentOf: (file: string) => string): TextEdit {
  const { newText } = edit;
  if (typeof newText === 'string') return { ...edit, newText };
  return { ...edit, newText: newText.map((piece) => textOf(piece, read, indentOf)).join('') };
}

function textOf(piece: Piece, read: Read, indentOf: (file: string) => string): string {
  if (typeof piece === 'string') return piece;
  if ('fresh' in piece) return freshName(piece, read);
  return shifted(piece, read(piece.file).slice(piece.span.start, piece.span.end), indentOf(piece.file));
}

function freshName({ fresh, within: { file, span } }: FreshName, read: Read): string {
  const code = read(file).slice(span.start, span.end);
  const taken = (name: string) => new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.\\s*)${name}(?![\\w$])`).test(code);
  const free = fresh.find((name) => !taken(name));
  if (free !== undefined) return free;
  const last = fresh.at(-1) ?? 'value';
  for (let number = 2; ; number++) if (!taken(`${last}${number}`)) return `${last}${number}`;
}

function shifted({ shift = 0 }: Carried, text: string, indent: string): string {
  if (shift === 0 || text.includes('`')) return text;
  if (shift > 0) return text.replace(/(\n)(?=[^\r\n])/g, `$1${indent.repeat(shift)}`);
  return text.replace(new RegExp(`\\n[ \\t]{1,${-shift}}`, 'g'), '\n');
}

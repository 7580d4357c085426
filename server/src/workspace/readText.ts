import { readFileSync, statSync } from 'node:fs';

export type TextOutcome =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A file's text without its byte order mark; line ends stay as they are, invalid UTF-8 becomes U+FFFD. */
export function readText(absolutePath: string, maxBytes: number): TextOutcome {
  try {
    const { size } = statSync(absolutePath);
    return size > maxBytes ? tooLarge(size, maxBytes) : checked(readFileSync(absolutePath, 'utf8'));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return { kind: 'missing' };
    return unreadable(`cannot be read (${code})`);
  }
}

/** What {@link readText} would give if the text were the file's. */
export function asIfRead(text: string, maxBytes: number): TextOutcome {
  const size = text.length > maxBytes ? text.length : Buffer.byteLength(text);
  return size > maxBytes ? tooLarge(size, maxBytes) : checked(text);
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function checked(text: string): TextOutcome {
  if (text.startsWith('\uFEFF')) return { kind: 'text', text: text.slice(1) };
  if (!isBinary(text)) return { kind: 'text', text };
  const utf16 = text.startsWith('\uFFFD\uFFFD');
  return unreadable(utf16 ? 'is UTF-16; save it as UTF-8' : 'is binary');
}

/** A few NULs are characters somebody wrote into a string; more than one in a hundred are data. */
function isBinary(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', at + 1)) count++;
  return count * 100 > text.length;
}

function tooLarge(bytes: number, maxBytes: number): TextOutcome {
  return unreadable(`${megabytes(bytes)} is more than the limit of ${megabytes(maxBytes)}`);
}

function unreadable(reason: string): TextOutcome {
  return { kind: 'unreadable', reason };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of a `file:` URI; null for documents that are no files. */
export function toPath(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

/** The URI of an absolute path, encoded as most clients encode theirs, so that the same file has one name. */
export function toUri(path: string): string {
  const parts = path.split(sep).map(encodePart);
  return `file://${path.startsWith(sep) ? '' : '/'}${parts.join('/')}`;
}

function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

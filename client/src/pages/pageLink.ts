import { escapeMarkdown } from '../words.ts';

/** Markdown for a file's name that leads to the file where it can. */
export function fileLink(base: string | null, uri: string, label: string, line?: number): string {
  const address = pageLink(base, uri, line);
  return address === null ? escapeMarkdown(label) : `[${escapeMarkdown(label)}](${address})`;
}

/**
 * How a page links to a file. A preview follows no `file:` addresses, but paths from the window's first folder; `base` is that folder, and
 * files elsewhere are reached from it by `..`. Null where there is no way, such as on another drive.
 */
export function pageLink(base: string | null, uri: string, line?: number): string | null {
  if (base === null) return null;
  const from = split(base);
  const to = split(uri);
  if (from.root !== to.root) return null;
  const shared = from.parts.findIndex((part, index) => part !== to.parts[index]);
  const kept = shared < 0 ? from.parts.length : shared;
  const path = [...from.parts.slice(kept).map(() => '..'), ...to.parts.slice(kept)].join('/');
  return `/${path}${line === undefined ? '' : `#L${line}`}`;
}

/** Scheme and host, and on Windows the drive, in front of the folders. */
function split(uri: string): { readonly root: string; readonly parts: readonly string[] } {
  const [, root = '', path = ''] = /^([^:]+:\/\/[^/]*(?:\/[a-zA-Z](?::|%3A))?)(.*)$/i.exec(uri) ?? [];
  return { root: root.toLowerCase(), parts: path.split('/').filter((part) => part !== '') };
}

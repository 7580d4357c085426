import { addArgument } from '#graph/argumentEdits.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { Fix } from '#shared/finding.ts';

/** Rows a first page gets by the offered edit. */
const PAGE = 100;

/** `take: 100` written into the arguments where they stand in the call; nothing where they are made elsewhere. */
export function pagingFix(site: QuerySite): Fix | null {
  const edit = addArgument(site, { key: 'take', value: `${PAGE}` });
  return edit && { title: `Read at most ${PAGE} rows with \`take: ${PAGE}\``, safety: 'review', edits: [edit] };
}

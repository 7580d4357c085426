import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import type { Fix } from '#shared/finding.ts';

/** Rows a first page gets by the offered edit. */
const PAGE = 100;

/** `take: 100` written into the arguments where they stand in the call; nothing where they are made elsewhere. */
export function pagingFix(graph: ProjectGraph, site: QuerySite): Fix | null {
  const title = `Read at most ${PAGE} rows with \`take: ${PAGE}\``;
  if (!site.args) {
    const end = site.call.span.end - 1;
    return {
      title,
      safety: 'review',
      edits: [{ file: site.file, span: { start: end, end }, newText: `{ take: ${PAGE} }` }],
    };
  }
  if (site.args.kind !== 'object') return null;
  const last = site.args.properties.at(-1);
  if (!last)
    return {
      title,
      safety: 'review',
      edits: [{ file: site.file, span: site.args.span, newText: `{ take: ${PAGE} }` }],
    };
  const end = last.span.end;
  const lines = graph.files.get(site.file)?.lineStarts ?? [];
  const line = lines.findLastIndex((start) => start <= last.span.start);
  const ownLine = lines.findLastIndex((start) => start <= (site.args?.span.start ?? 0)) !== line;
  const indent = ' '.repeat(last.span.start - (lines[line] ?? 0));
  return {
    title,
    safety: 'review',
    edits: [
      {
        file: site.file,
        span: { start: end, end },
        newText: ownLine ? `,\n${indent}take: ${PAGE}` : `, take: ${PAGE}`,
      },
    ],
  };
}

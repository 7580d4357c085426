import type { Position } from 'vscode-languageserver/node';
import type { SiteView } from '#shared/siteView.ts';
import type { SqlView } from '#shared/sqlView.ts';
import type { Asked } from './asked.ts';

/** The SQL of a query of the document, over the text it was asked about; null where the query is gone. */
export async function siteSql(asked: Asked, { id }: SiteView, signal: AbortSignal): Promise<SqlView | null> {
  const { graph } = asked.answer.snapshot;
  const site = graph.sites.find((each) => each.file === asked.file && each.id === id);
  return site ? asked.folder.sql.of(graph, site, signal) : null;
}

/** Where the name of a query's operation ends: in no other query. */
export function sitePosition({ folder, file }: Asked, site: SiteView): Position {
  return folder.places(file).range(site).end;
}

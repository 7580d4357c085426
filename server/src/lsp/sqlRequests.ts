import { calleeSpan, type QuerySite, queryName, siteAt, sitesIn } from '#analyzer/siteAt.ts';
import { sqlLines, sqlPage } from '#render/sqlText.ts';
import { METHODS, type QueriesParams, type QueryPlace, type SqlParams, type SqlResult } from '#shared/protocol.ts';
import { type Asked, askedDocument } from './asked.ts';
import { runSafe } from './runSafe.ts';
import type { Feature, ServerContext } from './serverContext.ts';

/** The queries of a document, and what they send. */
export const sqlRequests: Feature = {
  capabilities: () => ({}),
  register: (server) => {
    const { connection, log } = server;
    connection.onRequest<readonly QueryPlace[], never>(
      METHODS.queries,
      runSafe<QueriesParams, readonly QueryPlace[]>(log, METHODS.queries, [], queriesOf(server)),
    );
    connection.onRequest<SqlResult | null, never>(
      METHODS.sql,
      runSafe<SqlParams, SqlResult | null>(log, METHODS.sql, null, sqlAt(server)),
    );
  },
};

function queriesOf(server: ServerContext) {
  return async ({ textDocument: { uri } }: QueriesParams, signal: AbortSignal): Promise<readonly QueryPlace[]> => {
    const asked = await askedDocument(server, uri, (folder) => folder.settledAnswer(signal));
    if (!asked) return [];
    return sitesIn(asked.answer.snapshot.graph, asked.file).map((site) => placeOf(asked, site));
  };
}

function sqlAt(server: ServerContext) {
  return async ({ textDocument: { uri }, position }: SqlParams, signal: AbortSignal): Promise<SqlResult | null> => {
    const asked = await askedDocument(server, uri, (folder) => folder.answer(signal));
    if (!asked) return null;
    const { folder, file, answer } = asked;
    const { graph } = answer.snapshot;
    const site = siteAt(graph, file, folder.places(file).offset(position));
    if (!site) return null;
    const sql = await folder.sql.of(graph, site, signal);
    const place = placeOf(asked, site);
    return { ...place, sql, lines: sqlLines(sql), page: await sqlPage(place.name, sql) };
  };
}

function placeOf({ folder, file }: Asked, site: QuerySite): QueryPlace {
  return { range: folder.places(file).spanRange(calleeSpan(site)), name: queryName(site) };
}

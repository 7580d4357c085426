import { type CodeLens, CodeLensRefreshRequest, type Command, type Location } from 'vscode-languageserver/node';
import { entryLens, saysQueries, siteLens } from '#render/lensText.ts';
import type { Finding } from '#shared/finding.ts';
import type { Range } from '#shared/location.ts';
import { CLIENT_COMMANDS } from '#shared/protocol.ts';
import type { EntryPointView, SiteView } from '#shared/siteView.ts';
import { type Asked, askedDocument } from './asked.ts';
import { runLogged, runSafe } from './runSafe.ts';
import type { Feature, ServerContext } from './serverContext.ts';
import { sitePosition, siteSql } from './siteSql.ts';
import { viewOf } from './views.ts';

/** Above routes and queries: how many queries there are and what is wrong with them. What has to be compiled for it is, once the line is on the screen. */
export const codeLens: Feature = {
  capabilities: () => ({ codeLensProvider: { resolveProvider: true } }),
  register: (server) => {
    server.connection.onCodeLens(
      runSafe(server.log, 'code lenses', null, ({ textDocument }, signal) =>
        lensesOf(server, textDocument.uri, signal),
      ),
    );
    server.connection.onCodeLensResolve((lens, token) =>
      runSafe<CodeLens, CodeLens>(server.log, 'the SQL of a code lens', untold(lens), (each, signal) =>
        resolved(server, each, signal),
      )(lens, token),
    );
    if (server.client.refreshesCodeLenses) server.onAnswer(() => refresh(server));
  },
};

async function lensesOf(server: ServerContext, uri: string, signal: AbortSignal): Promise<CodeLens[] | null> {
  const { enable, format, statements } = server.settings().codeLens;
  const asked = enable ? await askedDocument(server, uri, (folder) => folder.settledAnswer(signal)) : null;
  if (!asked) return null;
  const { sites, entryPoints } = viewOf(asked);
  const entries = entryPoints.flatMap((view) => lens(server, asked, view, entryLens(view, format)));
  const taken = new Set(entries.map(({ range }) => range.start.line));
  const counts = ({ several }: SiteView) =>
    saysQueries(format) && (statements === 'all' || (statements === 'several' && several));
  const others = sites.flatMap((view) =>
    counts(view) ? [later(asked, view)] : lens(server, asked, view, siteLens(view, format)),
  );
  return [...entries, ...others.filter(({ range }) => !taken.has(range.start.line))];
}

type View = SiteView | EntryPointView;

function lens(server: ServerContext, asked: Asked, view: View, title: string | null): CodeLens[] {
  if (title === null) return [];
  const { start } = asked.folder.places(asked.file).range(view);
  return [{ range: { start, end: start }, command: command(server, asked, view, title) }];
}

/** What a lens carries that is not complete yet. */
interface LaterData {
  readonly uri: string;
  readonly site: string;
}

function later(asked: Asked, view: SiteView): CodeLens {
  const { start } = asked.folder.places(asked.file).range(view);
  const data: LaterData = { uri: asked.folder.uriOf(asked.file), site: view.id };
  return { range: { start, end: start }, data };
}

async function resolved(server: ServerContext, lens: CodeLens, signal: AbortSignal): Promise<CodeLens> {
  const { uri, site } = lens.data as LaterData;
  const asked = await askedDocument(server, uri, (folder) => folder.settledAnswer(signal));
  const view = asked && viewOf(asked).sites.find(({ id }) => id === site);
  if (!asked || !view) return untold(lens);
  const title = siteLens(view, server.settings().codeLens.format, await siteSql(asked, view, signal));
  return { ...lens, command: command(server, asked, view, title ?? '') };
}

/** An editor keeps asking for a lens without a command. */
function untold(lens: CodeLens): CodeLens {
  return { ...lens, command: { title: '', command: '' } };
}

/** Shows the places of the findings, else the SQL of a query or the report on a route, in editors that can; elsewhere the title alone. */
function command({ client }: ServerContext, asked: Asked, view: View, title: string): Command {
  const places = view.findings.flatMap((finding) => placesOf(asked, finding));
  if (places.length === 0)
    return 'operation' in view ? sqlCommand(client, asked, view, title) : reportCommand(client, asked, view, title);
  if (!client.commands.has(CLIENT_COMMANDS.showPlaces)) return { title, command: '' };
  const { start } = asked.folder.places(asked.file).range(view);
  const locations = [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
  return { title, command: CLIENT_COMMANDS.showPlaces, arguments: [asked.folder.uriOf(asked.file), start, locations] };
}

function sqlCommand({ commands }: ServerContext['client'], asked: Asked, view: SiteView, title: string): Command {
  if (!commands.has(CLIENT_COMMANDS.showSql)) return { title, command: '' };
  return {
    title,
    command: CLIENT_COMMANDS.showSql,
    arguments: [asked.folder.uriOf(asked.file), sitePosition(asked, view)],
  };
}

/** What a route asks of the database stands in the report, query by query. */
function reportCommand(
  { commands }: ServerContext['client'],
  { folder, file }: Asked,
  { line }: EntryPointView,
  title: string,
): Command {
  if (!commands.has(CLIENT_COMMANDS.showReport)) return { title, command: '' };
  return { title, command: CLIENT_COMMANDS.showReport, arguments: [folder.uri, file, line] };
}

function placesOf({ folder }: Asked, finding: Finding): Location[] {
  const at = (file: string, range: Range) => ({ uri: folder.uriOf(file), range: folder.places(file).range(range) });
  return [at(finding.file, finding), ...finding.related.map((place) => at(place.file, place))];
}

function refresh({ connection, log }: ServerContext): void {
  void runLogged(log, 'refresh of code lenses', () => connection.sendRequest(CodeLensRefreshRequest.type));
}

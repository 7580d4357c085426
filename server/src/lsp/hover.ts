import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver/node';
import { findingsHover, type HoverLinks, siteHover } from '#render/hoverText.ts';
import { markdownForTerminal } from '#render/markdownForTerminal.ts';
import { PLAIN } from '#render/paint.ts';
import { sqlHover } from '#render/sqlHover.ts';
import { CLIENT_COMMANDS } from '#shared/protocol.ts';
import type { SiteView } from '#shared/siteView.ts';
import { type Asked, askedDocument } from './asked.ts';
import { measuredModel } from './modelMeasured.ts';
import { holds } from './ranges.ts';
import { runSafe } from './runSafe.ts';
import type { Feature, ServerContext } from './serverContext.ts';
import { sitePosition, siteSql } from './siteSql.ts';
import { viewOf } from './views.ts';

/** What a query does and what is known of it; at other findings what was found. */
export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register: (server) => {
    server.connection.onHover(runSafe(server.log, 'hover', null, (params, signal) => hoverAt(server, params, signal)));
  },
};

async function hoverAt(
  server: ServerContext,
  { textDocument: { uri }, position }: HoverParams,
  signal: AbortSignal,
): Promise<Hover | null> {
  if (!server.settings().hover.enable) return null;
  const asked = await askedDocument(server, uri, (folder) => folder.answer(signal));
  if (!asked) return null;
  const { folder, file, answer } = asked;
  const places = folder.places(file);
  const within = <Place extends Parameters<typeof places.range>[0]>(all: readonly Place[]) =>
    all.filter((place) => holds(places.range(place), position));
  const findings = within(answer.findings.filter((finding) => finding.file === file));
  const site = within(viewOf(asked).sites).reduce<SiteView | null>(smaller, null);
  const links = linksOf(server, asked);
  const [first] = findings;
  if (site) {
    const sql = await sqlText(server, asked, site, signal);
    return toHover(
      server,
      siteHover(withFindings(site, findings), links, {
        sql,
        detail: site.measurement && folder.evidence.detail(site.id, answer.snapshot.graph),
      }),
      places.range(site),
    );
  }
  const model = measuredModel(asked, position);
  const texts = [...(first ? [findingsHover(findings, links)] : []), ...(model ? [model.text] : [])];
  const range = first ? places.range(first) : model && places.spanRange(model.span);
  return range ? toHover(server, texts.join('\n\n---\n\n'), range) : null;
}

/** The innermost of queries inside each other. */
function smaller(one: SiteView | null, other: SiteView): SiteView {
  const isInside = one && (other.line > one.line || (other.line === one.line && other.column > one.column));
  return one && !isInside ? one : other;
}

function withFindings(site: SiteView, findings: SiteView['findings']): SiteView {
  const all = new Map([...findings, ...site.findings].map((finding) => [finding.id, finding]));
  return { ...site, findings: [...all.values()] };
}

/** Compiled only now, when somebody looks. */
async function sqlText(server: ServerContext, asked: Asked, site: SiteView, signal: AbortSignal): Promise<string> {
  if (!server.settings().hover.sql) return '';
  const sql = await siteSql(asked, site, signal);
  if (!sql) return '';
  const place = [asked.folder.uriOf(asked.file), sitePosition(asked, site)];
  const links = SQL_LINKS.filter(({ command }) => server.client.commands.has(command));
  return sqlHover(
    sql,
    links.map(({ title, command }) => `[${title}](${commandLink(command, ...place)})`),
  );
}

const SQL_LINKS = [
  { title: 'Copy', command: CLIENT_COMMANDS.copySql },
  { title: 'Open', command: CLIENT_COMMANDS.showSql },
];

function linksOf(server: ServerContext, { folder }: Asked): HoverLinks {
  const explains = server.client.commands.has(CLIENT_COMMANDS.explainRule);
  return {
    page: (rule) => (explains ? commandLink(CLIENT_COMMANDS.explainRule, rule) : server.pageOf(rule)),
    place: ({ file, line }) => `${folder.uriOf(file)}#L${line}`,
    // Our own client is VS Code's.
    besideDiagnostics: explains,
  };
}

/** The form in which VS Code runs a command from a hover. */
function commandLink(command: string, ...given: readonly unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(given))}`;
}

function toHover({ client }: ServerContext, markdown: string, range: Hover['range'] & object): Hover {
  const formats = client.capabilities.textDocument?.hover?.contentFormat ?? [];
  const plain = formats.length > 0 && !formats.includes(MarkupKind.Markdown);
  const value = plain ? markdownForTerminal(markdown, PLAIN) : markdown;
  return { contents: { kind: plain ? MarkupKind.PlainText : MarkupKind.Markdown, value }, range };
}

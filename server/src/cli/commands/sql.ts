import { resolve } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { posixRelative } from '#analyzer/project.ts';
import { positionAt } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { SiteSql } from '#sql/siteSql.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { lintTargets } from '../lintTargets.ts';
import { openProject, type RunSurroundings } from '../projectRun.ts';

/** The SQL of the query at `FILE:LINE[:COLUMN]`, one statement a line or as JSON. */
export async function sql(place: string, format: 'text' | 'json', around: RunSurroundings): Promise<string> {
  const { path, line, column } = parsePlace(place);
  const [project] = lintTargets([path], around.cwd, null).projects;
  if (!project) throw new Failure(`${path}: there is no such file`);
  const run = openProject(project, { levels: {}, include: [] }, { ...around, rules: [] });
  const { graph } = await run.analyzer.snapshot();
  const file = posixRelative(project.root, resolve(around.cwd, path));
  const site = siteAt(
    graph.sites.filter((each) => each.file === file),
    line,
    column,
  );
  if (!site) throw new Failure(`${place}: no Prisma call begins there; name the line of \`findMany\` or its like`);
  const answer = await createSqlCompiler(run.workspace).sqlOf(graph, site);
  return format === 'json' ? `${JSON.stringify(jsonOf(site, answer), null, 2)}\n` : textOf(place, answer);
}

function parsePlace(place: string): { readonly path: string; readonly line: number; readonly column: number | null } {
  const match = /^(.+?):(\d+)(?::(\d+))?$/.exec(place);
  if (!match?.[1]) throw new Failure(`${place}: write the place as FILE:LINE or FILE:LINE:COLUMN`);
  return { path: match[1], line: Number(match[2]), column: match[3] === undefined ? null : Number(match[3]) };
}

/** The call on the line, the last one that begins at or before the column; else the call the line is inside of. */
function siteAt(sites: readonly QuerySite[], line: number, column: number | null): QuerySite | null {
  const placed = sites.map((site) => ({
    site,
    name: positionAt(site.facts.lineStarts, site.call.nameSpan.start),
    from: positionAt(site.facts.lineStarts, site.call.span.start).line,
    to: positionAt(site.facts.lineStarts, site.call.span.end).line,
  }));
  const onLine = placed.filter(({ name }) => name.line === line);
  const before = column === null ? undefined : onLine.findLast(({ name }) => name.column <= column);
  const around = placed.filter(({ from, to }) => from <= line && line <= to);
  return (before ?? onLine[0] ?? around.at(-1))?.site ?? null;
}

function textOf(place: string, answer: SiteSql): string {
  if (answer.kind === 'not-compiled' || answer.kind === 'outline') throw new Failure(`${place}: the SQL cannot be told: ${answer.reason}`);
  const lines = answer.variants.flatMap(({ differs, statements }) => [
    ...(differs.length > 0 ? [`-- ${differs.join(', ')}`] : []),
    ...statements.map(({ sql }) => sql),
  ]);
  const notes = answer.lost.length > 0 ? [`-- not followed: ${answer.lost.join(', ')}`] : [];
  return [...lines, ...notes, ...(answer.more ? ['-- there are more variants'] : []), ''].join('\n');
}

function jsonOf({ model, operation, id }: QuerySite, answer: SiteSql): unknown {
  return { site: id, model: model?.name ?? null, operation, ...answer };
}

import { Failure } from '#analyzer/failure.ts';
import { isFolder, posixRelative } from '#analyzer/project.ts';
import { lineOf, nearestSites, type QuerySite, queryName, siteAt, siteOnLine } from '#analyzer/siteAt.ts';
import type { Snapshot } from '#analyzer/snapshot.ts';
import { REPORTABLE_ROLES } from '#shared/settings.ts';
import { lintTargets } from './lintTargets.ts';
import { openProject, type ProjectRun, type RunSurroundings } from './projectRun.ts';

/** A query somebody named by its place. */
export interface PlacedQuery {
  readonly run: ProjectRun;
  readonly graph: Snapshot['graph'];
  readonly site: QuerySite;
  /** POSIX, relative to where the command was given. */
  readonly file: string;
}

/** The query at `FILE:LINE[:COLUMN]`; throws a {@link Failure} that says which are near where there is none. */
export async function placedQuery(place: string, around: RunSurroundings): Promise<PlacedQuery> {
  const wanted = parsePlace(place);
  const { base, projects } = lintTargets([wanted.path], around.cwd, null);
  const path = projects[0]?.paths[0];
  if (!projects[0] || path === undefined || isFolder(path))
    throw new Failure(`${wanted.path} is a folder; name a file`);
  const run = openProject(projects[0], { levels: {}, include: REPORTABLE_ROLES }, around, []);
  const snapshot = await run.analyzer.snapshot();
  const file = posixRelative(run.project.root, path);
  const site = siteOf(snapshot, { ...wanted, file });
  if (!site) throw new Failure(`${place}: ${whyNone(snapshot, { ...wanted, file })}`);
  return { run, graph: snapshot.graph, site, file: posixRelative(base, path) };
}

interface Wanted {
  readonly path: string;
  readonly line: number;
  readonly column: number | null;
}

function parsePlace(place: string): Wanted {
  const [, path, line, column] = /^(.+?):([1-9]\d*)(?::([1-9]\d*))?$/.exec(place) ?? [];
  if (path === undefined)
    throw new Failure(`${place}: write the place as FILE:LINE or FILE:LINE:COLUMN, counted from 1`);
  return { path, line: Number(line), column: column === undefined ? null : Number(column) };
}

type Located = Wanted & { readonly file: string };

function siteOf({ graph }: Snapshot, { file, line, column }: Located): QuerySite | null {
  const start = graph.files.get(file)?.lineStarts[line - 1];
  if (column === null || start === undefined) return siteOnLine(graph, file, line);
  return siteAt(graph, file, start + column - 1);
}

/** What a person needs to know to name a better place. */
function whyNone({ graph, problems, coverage }: Snapshot, { file, line, path }: Located): string {
  const broken = problems.find(({ kind, file: at }) => kind === 'no-schema' || kind === 'schema' || at === file);
  if (broken) return broken.message;
  const unclear = coverage.unresolved.find((call) => call.file === file && call.line === line);
  if (unclear) return `the Prisma call there is not understood: ${unclear.reason}`;
  const near = nearestSites(graph, file, line).map((site) => `\`${queryName(site)}\` in line ${lineOf(site)}`);
  if (near.length === 0) return `there is no Prisma call in ${path}`;
  return `no Prisma call is there; ${near.length === 1 ? 'the only one is' : 'the nearest are'} ${near.slice(0, 3).join(', ')}`;
}

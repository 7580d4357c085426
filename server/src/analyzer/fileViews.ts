import { costFormula } from '#graph/cost/costFormula.ts';
import { costTerms } from '#graph/cost/costTerms.ts';
import { requestCost } from '#graph/cost/requestCost.ts';
import { describeEntry } from '#graph/describe.ts';
import { fieldUse, relationsRead } from '#graph/fieldUse.ts';
import { turnsText } from '#graph/formula.ts';
import { servingIndexes } from '#graph/lookups/servingIndexes.ts';
import { turnsOf } from '#graph/loops/turns.ts';
import { queryPlace } from '#graph/places.ts';
import type { EntryPoint, QuerySite } from '#graph/projectGraph.ts';
import { type RequestQueries, requestQueries } from '#graph/requestQueries.ts';
import { maySendSeveral } from '#graph/severalStatements.ts';
import type { Index } from '#schema/schemaModel.ts';
import type { Finding } from '#shared/finding.ts';
import type { Location, Range } from '#shared/location.ts';
import type { Formers, Measurements } from '#shared/measurement.ts';
import type { RouteFigures } from '#shared/routeFigures.ts';
import type { EntryPointView, FileView, IndexView, SiteView } from '#shared/siteView.ts';
import type { Workspace } from '#workspace/workspace.ts';
import type { Snapshot } from './snapshot.ts';
import { textPlaces } from './textPlaces.ts';

/** What a file shows besides its diagnostics; computed when somebody looks, for one file at a time. */
export function fileView(snapshot: Shown, workspace: Workspace, file: string): FileView {
  const place = textPlaces(snapshot.graph, workspace);
  const at: Viewing = {
    ...{ snapshot, place, findings: findingsByPlace(snapshot.findings) },
    measurements: snapshot.measurements?.(snapshot.graph) ?? new Map(),
    formers: snapshot.formers?.(snapshot.graph) ?? new Map(),
  };
  return {
    sites: snapshot.graph.sites.filter((site) => site.file === file).map((site) => siteView(at, site)),
    entryPoints: snapshot.graph.entryPoints
      .filter((entry) => entry.file === file)
      .map((entry) => entryPointView(at, entry)),
  };
}

/** A snapshot's graph and those of its findings that are to be shown, with what was measured of its calls, asked for when the first view is made. */
interface Shown extends Pick<Snapshot, 'graph' | 'findings'> {
  readonly measurements?: (graph: Snapshot['graph']) => Measurements;
  readonly formers?: (graph: Snapshot['graph']) => Formers;
  readonly routes?: () => ReadonlyMap<EntryPoint, RouteFigures>;
}

interface Viewing {
  readonly snapshot: Shown;
  readonly place: (at: Location) => Range;
  /** Findings by the places where they stand or point to, {@link placeKey}. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly measurements: Measurements;
  readonly formers: Formers;
}

function siteView(at: Viewing, site: QuerySite): SiteView {
  const { graph } = at.snapshot;
  const { fields, indexes } = servingIndexes(graph, site);
  const range = at.place(queryPlace(site));
  return {
    ...{ id: site.id, file: site.file, ...range, model: site.model?.name ?? null, operation: site.operation },
    ...{ relations: relationsRead(graph, site), transaction: site.transaction },
    ...{ runs: turnsText(turnsOf(graph, site)), usage: fieldUse(graph, site) },
    ...{ lookup: fields, servedBy: indexes.map((index) => indexView(at, index)) },
    findings: at.findings.get(placeKey({ file: site.file, ...range })) ?? [],
    ...{ several: maySendSeveral(graph, site), ...measuredAt(at, site) },
  };
}

/** What is known of the model alone is no figure of one call. */
function measuredAt({ measurements, formers }: Viewing, { id }: QuerySite): Pick<SiteView, 'measurement' | 'former'> {
  const measurement = measurements.get(id);
  return {
    measurement: measurement && measurement.match !== 'model' ? measurement : null,
    former: formers.get(id) ?? null,
  };
}

function indexView({ place }: Viewing, { fields, kind, at }: Index): IndexView {
  return {
    fields: fields.map(({ name }) => name),
    kind: kind === 'fulltext' ? 'index' : kind,
    at: at && { file: at.file, ...place(at) },
  };
}

function entryPointView(at: Viewing, entry: EntryPoint): EntryPointView {
  const { file, fact } = entry;
  const request = requestQueries(at.snapshot.graph, entry);
  const range = at.place({ file, span: fact.span });
  const own = at.snapshot.findings.filter((finding) => finding.file === file && isWithin(finding, range));
  const below = findingsBelow(at, request);
  return {
    file,
    ...range,
    name: nameOf(at.snapshot.graph, entry),
    queries: queriesOf(at, entry),
    measured: at.snapshot.routes?.().get(entry)?.queries?.callsPerRequest ?? null,
    findings: unique([...own, ...below]),
  };
}

/** In calls of Prisma: the statements of each are told with the query. */
function queriesOf({ snapshot: { graph } }: Viewing, entry: EntryPoint): string | null {
  return costFormula(costTerms(requestCost(graph, entry), () => 1)).text;
}

/** Findings at the queries of a request; what another caller does with the same query is not this request's. */
function findingsBelow(
  { snapshot: { graph }, place, findings }: Viewing,
  { sites, functions }: RequestQueries,
): readonly Finding[] {
  const walked = [...functions].map((id) => graph.function(id)).filter(({ fact }) => fact.index > 0);
  const spans = walked.map(({ file, fact }) => ({ file, range: place({ file, span: fact.span }) }));
  return [...sites].flatMap((site) => {
    const key = placeKey({ file: site.file, ...place(queryPlace(site)) });
    return (findings.get(key) ?? []).filter(
      (finding) =>
        !graph.files.has(finding.file) ||
        placeKey(finding) === key ||
        spans.some(({ file, range }) => file === finding.file && isWithin(finding, range)),
    );
  });
}

/** `GET /api/orders`, `Query.orders`, `job mailDigest`. */
function nameOf(graph: Shown['graph'], entry: EntryPoint): string {
  const name = describeEntry(graph, entry);
  const { kind } = entry.fact;
  return kind === 'job' || kind === 'command' ? `${kind} ${name}` : name;
}

function findingsByPlace(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const key of new Set([finding, ...finding.related].map(placeKey))) {
      const list = byPlace.get(key);
      if (list) list.push(finding);
      else byPlace.set(key, [finding]);
    }
  }
  return byPlace;
}

function placeKey({
  file,
  line,
  column,
}: {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}): string {
  return `${file}:${line}:${column}`;
}

function isWithin({ line, column }: Range, outer: Range): boolean {
  const afterStart = line > outer.line || (line === outer.line && column >= outer.column);
  return afterStart && (line < outer.endLine || (line === outer.endLine && column <= outer.endColumn));
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.id, finding])).values()];
}

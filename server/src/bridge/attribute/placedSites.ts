import { positionAt } from '#graph/places.ts';
import type { QuerySite } from '#graph/projectGraph.ts';
import type { TaggedPlace } from './commentTags.ts';

/** Finds the call that a tag names. */
export interface PlacedSites {
  /** None where the code has no call there, several where the tag does not tell which of them it is. */
  at(place: TaggedPlace): readonly QuerySite[];
}

export function placedSites(sites: readonly QuerySite[]): PlacedSites {
  const files = Map.groupBy(sites, ({ file }) => file);
  return {
    at: ({ file, line, column }) => {
      const found = fileNamed(file, files);
      return found === null ? [] : sitesAt(files.get(found) ?? [], line, column);
    },
  };
}

/** A running program knows its files by paths of its own: absolute, in a container, relative to a package. */
function fileNamed(named: string, files: ReadonlyMap<string, unknown>): string | null {
  const path = named
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (files.has(path)) return path;
  if (path.includes('node_modules/')) return null;
  const known = [...files.keys()];
  const ends = known.filter((file) => file.includes('/') && path.endsWith(`/${file}`));
  if (ends.length > 0) return ends.reduce((longest, file) => (file.length > longest.length ? file : longest));
  const longer = path.includes('/') ? known.filter((file) => file.endsWith(`/${path}`)) : [];
  return longer.length === 1 ? (longer[0] ?? null) : null;
}

function sitesAt(sites: readonly QuerySite[], line: number, column: number | null): readonly QuerySite[] {
  const spanning = sites.filter(({ call: { span }, facts: { lineStarts } }) => {
    return positionAt(lineStarts, span.start).line <= line && line <= positionAt(lineStarts, span.end).line;
  });
  if (spanning.length <= 1) return spanning;
  const named = spanning.filter(({ call, facts }) => positionAt(facts.lineStarts, call.nameSpan.start).line === line);
  if (column === null) return named.length > 0 ? named : spanning;
  const offset = ({ facts }: QuerySite) => (facts.lineStarts[line - 1] ?? 0) + column - 1;
  const around = spanning.filter((site) => isWithin(site.call.span, offset(site)));
  const onName = around.filter((site) => isWithin(site.call.nameSpan, offset(site)));
  if (onName.length > 0) return onName;
  return around.length > 1 ? [around.reduce(inner)] : around.length === 1 ? around : spanning;
}

function isWithin({ start, end }: QuerySite['call']['span'], offset: number): boolean {
  return start <= offset && offset < end;
}

function inner(a: QuerySite, b: QuerySite): QuerySite {
  const length = ({ call: { span } }: QuerySite) => span.end - span.start;
  return length(b) < length(a) ? b : a;
}

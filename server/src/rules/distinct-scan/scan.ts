import { allNames } from '#graph/describe.ts';
import { filterBound } from '#graph/filterBound.ts';
import { speaksSql } from '#graph/loadStrategy.ts';
import { modelSize } from '#graph/modelSize.ts';
import { type ObjectKeys, objectKeys } from '#graph/objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '#graph/projectGraph.ts';
import { occasionOf } from '#graph/reach.ts';
import type { Field } from '#schema/schemaModel.ts';
import type { Severity } from '#shared/finding.ts';
import type { ProjectSettings } from '#shared/settings.ts';

/** A `distinct` that is worked out in memory. */
export interface Scan {
  /** Empty where they are not known. */
  readonly fields: readonly string[];
  /** Only these fields are selected. */
  readonly plain: boolean;
  /** One of the fields of which no two rows have the same value, so that nothing is ever dropped. */
  readonly unique: string | null;
  readonly take: boolean;
  readonly postgres: boolean;
  readonly rows: string;
  readonly severity: Severity;
}

/** Null where the database does it, or where there are few rows. */
export function scanOf(graph: ProjectGraph, site: QuerySite, project: ProjectSettings): Scan | null {
  const args = objectKeys(graph, site.args && { file: site.file, value: site.args });
  const distinct = args.keys.get('distinct');
  if (!distinct || !site.model || !speaksSql(site) || isNative(site, args)) return null;
  const size = modelSize(graph, site.model, project);
  const filter = filterBound(graph, site);
  if (size === 'small' || filter.kind === 'keys') return null;
  const fields = [...new Set(distinct.values.flatMap((value) => namesIn(graph, value)))];
  const waited = occasionOf(graph, site.function.id) === 'request';
  const narrowed = filter.kind === 'narrowed';
  return {
    fields,
    plain: fields.length > 0 && selectsOnly(graph, args, fields),
    unique: fields.find((name) => isUnique(site.model?.fields.get(name))) ?? null,
    take: args.keys.has('take'),
    postgres: site.schema.provider === 'postgresql',
    rows: narrowed
      ? `every row with that ${allNames(filter.fields)}`
      : args.keys.has('where')
        ? 'every row its filter lets through'
        : 'every row of its table',
    severity: weigh(size === 'growing', waited, narrowed ? filter.fields.length : 0),
  };
}

function weigh(growing: boolean, waited: boolean, narrowedBy: number): Severity {
  if (narrowedBy > 1) return 'hint';
  if (narrowedBy === 1) return growing ? 'info' : 'hint';
  return growing && waited ? 'warning' : 'info';
}

function isUnique(field: Field | undefined): boolean {
  return field?.kind === 'scalar' && field.required && (field.id || field.unique);
}

/** PostgreSQL's `DISTINCT ON`, which Prisma writes under a preview feature where nothing else has to be cut or sorted. */
function isNative({ schema }: QuerySite, { keys }: ObjectKeys): boolean {
  const switchedOn = schema.previewFeatures.some((name) => name === 'nativeDistinct' || name === 'relationJoins');
  return switchedOn && schema.provider === 'postgresql' && !keys.has('take') && !keys.has('skip');
}

function namesIn(graph: ProjectGraph, { file, value }: ResolvedValue): readonly string[] {
  const known = graph.resolve(file, value).value;
  const items = known.kind === 'array' ? known.items : [known];
  return items.flatMap((item) => (item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : []));
}

function selectsOnly(graph: ProjectGraph, { keys, open }: ObjectKeys, fields: readonly string[]): boolean {
  const [select, ...others] = keys.get('select')?.values ?? [];
  if (!select || others.length > 0 || open || keys.has('include')) return false;
  const selected = objectKeys(graph, select);
  return !selected.open && [...selected.keys.keys()].every((name) => fields.includes(name));
}

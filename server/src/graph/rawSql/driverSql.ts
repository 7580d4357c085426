import type { DriverQuery } from '../drivers/driverQuery.ts';
import { chainSql } from '../drivers/knex/chainSql.ts';
import { listElements } from '../listElements.ts';
import { objectKeys } from '../objectKeys.ts';
import type { ProjectGraph, QuerySite, ResolvedValue } from '../projectGraph.ts';
import { withParameters } from './parameterMarks.ts';
import type { Reading } from './reading.ts';
import type { SqlPart } from './sqlPart.ts';
import { stringParts } from './strings.ts';

/** Where the text of a query that a driver sends is handed over; null for one that is built. */
export function driverText(site: QuerySite, driver: DriverQuery): ResolvedValue | null {
  if (driver.kind === 'chain' || driver.call === null) return null;
  const value = site.facts.calls[driver.call]?.arguments[driver.argument];
  return value ? { file: site.file, value } : null;
}

/** The text of such a query, as far as it is known. */
export function driverParts(reading: Reading, site: QuerySite, driver: DriverQuery): readonly SqlPart[] {
  const { graph } = reading;
  const rawText = (text: ResolvedValue, values: ResolvedValue | null) =>
    withParameters(stringParts(reading, text), values ? (listOf(graph, values) ?? [values]) : []);
  if (driver.kind === 'chain') return chainSql(graph, site, driver, rawText);
  const given = driverText(site, driver);
  if (!given) return [];
  const text = partOf(graph, given, ['text', 'sql']) ?? given;
  const parts = stringParts(reading, text);
  return driver.package === 'pg' ? parts : withParameters(parts, driverValues(graph, site, driver));
}

/** The values handed over beside a text, in the order of their places. */
export function driverValues(graph: ProjectGraph, site: QuerySite, driver: DriverQuery): readonly ResolvedValue[] {
  if (driver.kind === 'chain') return [];
  const { file, call } = site;
  const given = driverText(site, driver);
  const inside = given ? partOf(graph, given, ['values']) : null;
  if (inside) return listOf(graph, inside) ?? [];
  if (driver.values === 'all') return call.arguments.map((value) => ({ file, value }));
  const value = driver.values === null ? undefined : call.arguments[driver.values];
  return value ? (listOf(graph, { file, value }) ?? []) : [];
}

/** `{ text, values }`, as drivers take it in place of a text. */
function partOf(graph: ProjectGraph, given: ResolvedValue, names: readonly string[]): ResolvedValue | null {
  if (graph.resolve(given.file, given.value).value.kind !== 'object') return null;
  const { keys } = objectKeys(graph, given);
  return names.map((name) => keys.get(name)?.values[0]).find((value) => value !== undefined) ?? null;
}

function listOf(graph: ProjectGraph, values: ResolvedValue): readonly ResolvedValue[] | null {
  const elements = listElements(graph, values);
  return elements?.every(({ list, each }) => !list && !each) ? elements.map(({ value }) => value) : null;
}

import { Failure } from '#analyzer/failure.ts';
import { ingestPage } from '#bridge/ingest/ingestPage.ts';
import { ingestText } from '#bridge/ingest/ingestText.ts';
import { isBroken } from '#bridge/ingest/textReading.ts';
import type { Source } from '#bridge/source.ts';
import { pgStatStatements } from '#bridge/sources/pgStatStatements.ts';
import { prometheus } from '#bridge/sources/prometheus.ts';
import { sourceOf } from '#bridge/sources.ts';
import { isPostgres, pageAt, shownAddress, statementsAt } from './addresses.ts';
import { type Collecting, ingestMeans } from './collecting.ts';
import type { LogSummary } from './ingestSummary.ts';

/** Counts what stands at an address now: a page of metrics, a log, or what a PostgreSQL keeps of its statements. */
export async function ingestAddress(
  address: string,
  format: Source | null,
  collecting: Collecting,
): Promise<LogSummary> {
  const name = shownAddress(address);
  const text = await (isPostgres(address) ? statementsAt(address) : pageAt(address));
  const source = isPostgres(address) ? pgStatStatements : (format ?? sourceOf(text, collecting.sources));
  const means = ingestMeans(collecting);
  if (source === prometheus) {
    const outcome = ingestPage(text, source, means, new URL(address).host) ? 'counted' : 'nothing';
    return { name, format: source.id, outcome };
  }
  const ingestNow = (anew: boolean) => ingestText(chunksOf(text), { ...means, sourceOf: () => source, anew });
  const first = await ingestNow(false);
  const outcome = first === 'other-text' ? await ingestNow(true) : first;
  if (isBroken(outcome)) throw new Failure(`${name}: another process is counting it; run this again`);
  return { name, format: source?.id ?? null, outcome };
}

async function* chunksOf(text: string): AsyncIterable<Buffer> {
  yield Buffer.from(text);
}

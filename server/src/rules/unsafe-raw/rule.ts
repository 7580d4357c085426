import { z } from 'zod';
import { describeSite } from '#graph/describe.ts';
import { originsOf } from '#graph/inputs/origins.ts';
import type { RequestPart } from '#graph/inputs/requestSource.ts';
import { queryPlace } from '#graph/places.ts';
import type { ProjectGraph, QuerySite } from '#graph/projectGraph.ts';
import { defineRule, type Report } from '../rule.ts';
import { isChecked } from './checked.ts';
import { parameterFix } from './parameterFix.ts';
import { isPlainlySpliced, type Splice, splicesOf } from './splices.ts';

export const rule = defineRule({
  meta: {
    id: 'unsafe-raw',
    finds: 'Values that become part of the text of raw SQL.',
    why: 'Whoever chooses the value chooses the SQL, and every value makes a statement of its own, which the database plans anew.',
    severity: 'warning',
    stage: 'stable',
    preset: 'strict',
    prismaCodes: [],
    needs: ['graph', 'queries', 'remember', 'parseSelects'],
    options: z.object({}),
    messages: {
      request: {
        happens: '{name} of the {part} becomes part of the SQL of `{query}` as it was sent.',
        costs: 'Whoever sends the request can run SQL of their own, and each value makes another statement to plan.',
        todo: 'Send it as a parameter, or let only names from a list through.',
      },
      spliced: {
        happens: '{name} becomes part of the SQL of `{query}` as it is.',
        costs: 'Each value makes another statement to plan, and one that comes from outside runs as SQL.',
        todo: 'Send it as a parameter, or let only names from a list through.',
      },
    },
  },
  *check({ graph, queries, remember, parseSelects }) {
    const reported = new Set<string>();
    for (const site of queries) {
      if (site.access !== 'raw' || site.function.role !== 'app') continue;
      const found = remember(site, function* () {
        for (const splice of splicesOf(graph, site)) {
          const report = describe(graph, site, splice);
          if (report) yield { ...report, fixes: parameterFix(graph, site, splice, parseSelects) };
        }
      });
      // One piece of text may be part of many queries.
      for (const report of found) {
        const place = `${report.at.file}:${report.at.span.start}`;
        if (reported.size < reported.add(place).size) yield report;
      }
    }
  },
});

type MessageId = 'request' | 'spliced';

function describe(graph: ProjectGraph, site: QuerySite, splice: Splice): Report<MessageId> | null {
  const { value, name, at } = splice;
  // What a schema lets in has been checked, if only to be a number.
  const origin = originsOf(graph, value).find(({ checked }) => !checked);
  if (isChecked(graph, value) || (!origin && !isPlainlySpliced(graph, splice))) return null;
  const inQuery = at.file === site.file;
  return {
    messageId: origin ? 'request' : 'spliced',
    data: { query: describeSite(site), name: nameOf(origin?.name ?? name), part: PARTS[origin?.part ?? 'input'] },
    at,
    proof: origin ? 'schema' : 'pattern',
    symbol: site.function.fact.symbol,
    operation: site.operation,
    related: [
      ...(inQuery ? [] : [{ at: queryPlace(site), message: 'the query it becomes part of' }]),
      ...(origin ? [{ at: origin.at, message: 'it leaves the request here' }] : []),
    ],
  };
}

const PARTS: Readonly<Record<RequestPart['part'], string>> = {
  'query string': 'query string',
  body: 'request body',
  path: 'path',
  input: 'input',
  arguments: 'arguments',
  form: 'form',
};

function nameOf(name: string): string {
  return name === '' ? 'A value' : `\`${name}\``;
}

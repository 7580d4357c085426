import { z } from 'zod';
import { describeSite } from '#graph/describe.ts';
import { calleePlace } from '#graph/places.ts';
import { defineRule, type Rule } from '#rules/rule.ts';
import type { Fix } from '#shared/finding.ts';

/** A rule that finds every `count` and offers what a test wants to see tried. */
export function fixingRule(fixes: (file: string, source: { start: number; end: number }) => readonly Fix[]): Rule {
  return defineRule({
    meta: {
      ...{ id: 'made-up', finds: 'Every count.', why: 'A test asks for it.', severity: 'warning', stage: 'stable' },
      ...{ preset: 'recommended', prismaCodes: [], needs: ['queries'], options: z.object({}) },
      messages: { found: { happens: '`{query}` counts.', costs: '', todo: '' } },
    },
    *check({ queries }) {
      for (const site of queries.filter(({ operation }) => operation === 'count')) {
        yield {
          messageId: 'found',
          data: { query: describeSite(site) },
          at: calleePlace(site.file, site.call),
          proof: 'schema',
          symbol: site.function.fact.symbol,
          ...(site.model ? { model: site.model.name } : {}),
          operation: site.operation,
          fixes: fixes(site.file, site.call.span),
        };
      }
    },
  });
}

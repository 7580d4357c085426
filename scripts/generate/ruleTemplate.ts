/** What a new rule's folder starts with, by path: a rule that finds calls named by an option, so that its tests run at once. */
export function ruleTemplate(id: string): Readonly<Record<string, string>> {
  return {
    'rule.ts': ruleText(id),
    'README.md': pageText(id),
    'fixtures/firstCase.ts': FIXTURE.replaceAll('RULE', id),
  };
}

function ruleText(id: string): string {
  return `import { z } from 'zod';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  meta: {
    id: '${id}',
    finds: 'TODO: what it finds, in one sentence.',
    why: 'TODO: why that costs, in one sentence.',
    severity: 'info',
    stage: 'experimental',
    preset: 'all',
    prismaCodes: [],
    needs: ['queries'],
    options: z.object({}),
    messages: {
      found: {
        happens: '\`{model}.{operation}\` TODO: what happens.',
        costs: 'TODO: what it costs.',
        todo: 'TODO: what to do.',
      },
    },
  },
  *check({ queries }) {
    for (const { file, call, function: at, model, operation } of queries) {
      if (model === null || operation !== 'aggregate') continue;
      yield {
        messageId: 'found',
        data: { model: model.name, operation },
        at: { file, span: call.nameSpan },
        proof: 'schema',
        symbol: at.fact.symbol,
        model: model.name,
        operation,
      };
    }
  },
});
`;
}

function pageText(id: string): string {
  return PAGE.replaceAll('RULE', id);
}

const PAGE = `# RULE

## What it finds

TODO: the problem in one sentence.

\`\`\`ts
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export function totals() {
  return prisma.order.aggregate({ _sum: { total: true } });
  //                  ^^^^^^^^^ RULE info schema
}
\`\`\`

## Why it costs

TODO: what the database has to do.

## How to fix

TODO: what to write in its place.

\`\`\`ts
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export function orders() {
  return prisma.order.count();
}
\`\`\`

## Options

<!-- options -->
<!-- /options -->

## When it stays silent

- TODO: a case that looks alike and is fine.

\`\`\`ts
import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export function newest() {
  return prisma.order.findFirst({ orderBy: { createdAt: 'desc' } });
}
\`\`\`
`;

const FIXTURE = `import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function average() {
  const { _avg } = await prisma.product.aggregate({ _avg: { price: true } });
  //                                    ^^^^^^^^^ RULE
  return _avg.price;
}
`;

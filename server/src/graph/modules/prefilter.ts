import type { SchemaModel } from '#schema/schemaModel.ts';

const CERTAIN =
  /\.\s*(?:findMany|findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|createMany|createManyAndReturn|updateManyAndReturn|upsert|groupBy)\s*[(<]|\$(?:queryRaw|executeRaw|transaction\b|extends\b)|(?:new|extends)\s+(?:\w+\.)?PrismaClient\b/;
const POSSIBLE = /\.\s*(?:create|update|updateMany|delete|deleteMany|count|aggregate)\s*[(<]/g;
const MAX_NAME = 80;

/** Whether a text may hold a Prisma call or make a client; decided without parsing, rather too often than not. */
export function createPrefilter(schemas: readonly SchemaModel[]): (text: string) => boolean {
  const delegates = new Set(schemas.flatMap((schema) => [...schema.delegates.keys()]));
  return (text) => {
    if (CERTAIN.test(text)) return true;
    POSSIBLE.lastIndex = 0;
    for (let match = POSSIBLE.exec(text); match; match = POSSIBLE.exec(text)) {
      const receiver = lastName(text.slice(Math.max(0, match.index - MAX_NAME), match.index));
      if (receiver === ']' ? /prisma/i.test(text) : delegates.has(receiver)) return true;
    }
    return false;
  };
}

/** The name a text ends in, or `]` after a computed one. */
function lastName(before: string): string {
  const trimmed = before.replace(/[\s!?]+$/, '');
  return trimmed.endsWith(']') ? ']' : (/[\w$]+$/.exec(trimmed)?.[0] ?? '');
}

import type { SchemaModel } from '#schema/schemaModel.ts';

const CERTAIN =
  /\.\s*(?:findMany|findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|createMany|createManyAndReturn|updateManyAndReturn|upsert|groupBy)\s*[(<]|\$(?:queryRaw|executeRaw|transaction\b|extends\b)|(?:new|extends)\s+(?:\w+\.)?PrismaClient\b/;
const POSSIBLE =
  /(?:([\w$]+)\s*[!?]?|\])\s*\.\s*(?:create|update|updateMany|delete|deleteMany|count|aggregate)\s*[(<]/g;

/** Whether a text may hold a Prisma call or make a client; decided without parsing, rather too often than not. */
export function createPrefilter(schemas: readonly SchemaModel[]): (text: string) => boolean {
  const delegates = new Set(schemas.flatMap((schema) => [...schema.delegates.keys()]));
  return (text) => {
    if (CERTAIN.test(text)) return true;
    POSSIBLE.lastIndex = 0;
    for (let match = POSSIBLE.exec(text); match; match = POSSIBLE.exec(text)) {
      const name = match[1];
      if (name === undefined ? /prisma/i.test(text) : delegates.has(name)) return true;
    }
    return false;
  };
}

const CERTAIN =
  /\.\s*(?:findMany|findUnique|findUniqueOrThrow|findFirst|findFirstOrThrow|createMany|createManyAndReturn|updateManyAndReturn|upsert|groupBy)\s*[(<]|\$(?:queryRaw|executeRaw|transaction\b|extends\b)|(?:new|extends)\s+(?:\w+\.)?PrismaClient\b/;
const POSSIBLE = /\.\s*(?:create|update|updateMany|delete|deleteMany|count|aggregate)\s*[(<]/g;
const MAX_NAME = 80;

/** What in a text looks like Prisma: `certain`, or the receivers of calls that are Prisma's if a schema has a model of the name. */
export type PrismaSigns = 'certain' | readonly string[];

/** Decided without parsing and without knowing a schema, so that neither an edit elsewhere nor one of the schema asks again. */
export function signsOfPrisma(text: string): PrismaSigns {
  if (CERTAIN.test(text)) return 'certain';
  const receivers = new Set<string>();
  POSSIBLE.lastIndex = 0;
  for (let match = POSSIBLE.exec(text); match; match = POSSIBLE.exec(text)) {
    const receiver = lastName(text.slice(Math.max(0, match.index - MAX_NAME), match.index));
    if (receiver !== ']') receivers.add(receiver);
    else if (/prisma/i.test(text)) return 'certain';
  }
  return receivers.size === 0 ? NONE : [...receivers];
}

/** Whether a text with these signs may hold a Prisma call or make a client; rather too often than not. */
export function mayQuery(signs: PrismaSigns, delegates: ReadonlySet<string>): boolean {
  return signs === 'certain' || signs.some((receiver) => delegates.has(receiver));
}

/** Whether a text may export something under a name, `export *` aside. */
export function mayExport(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const word = `(?<![\\w$])${name.replaceAll('$', () => '\\$')}(?![\\w$])`;
  return new RegExp(
    `\\bexport\\s+(?!type\\b|interface\\b)[^;=(]*?${word}|\\bexports\\s*(?:\\.\\s*|=\\s*\\{[^}]*?)${word}`,
  ).test(text);
}

const NONE: readonly string[] = [];

/** The name a text ends in, or `]` after a computed one. */
function lastName(before: string): string {
  const trimmed = before.replace(/[\s!?]+$/, '');
  return trimmed.endsWith(']') ? ']' : (/[\w$]+$/.exec(trimmed)?.[0] ?? '');
}

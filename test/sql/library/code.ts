/** Code as somebody writes it, and what it is run with: each input must lead to one of the ways the code is said to be sent. */
export interface WrittenCode {
  /** The body of a function that is handed `input` and knows `prisma` and `Prisma`. */
  readonly body: string;
  /** The type of `input`. */
  readonly type?: string;
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: code as text
export const CODE: readonly WrittenCode[] = [
  { body: "return prisma.author.findMany({ where: { name: 'Ada' }, take: 2 });", inputs: [{}] },
  {
    body: 'return prisma.author.findMany({ where: { name: input.name, role: input.role } });',
    type: '{ name?: string | null; role?: Role }',
    inputs: [{ name: 'Ada', role: 'READER' }, { name: 'Ada' }, { role: 'READER' }, { name: null, role: 'READER' }],
  },
  {
    body: 'const { id } = input;\n  return prisma.author.findUnique({ where: { id }, include: { books: { include: { tags: true } } } });',
    type: '{ id: number }',
    inputs: [{ id: 1 }],
  },
  {
    body: 'return prisma.author.findMany({ where: { ...(input.name && { name: input.name }) }, orderBy: { id: "desc" } });',
    type: '{ name?: string }',
    inputs: [{ name: 'Ada' }, {}],
  },
  {
    body: 'return prisma.author.findMany({ where: input.name ? { name: { contains: input.name } } : {}, skip: input.skip });',
    type: '{ name?: string; skip?: number }',
    inputs: [{ name: 'A' }, { skip: 1 }],
  },
  {
    body: 'const where = { published: true };\n  const page = { take: 10, skip: 10 };\n  return prisma.book.findMany({ where, ...page });',
    inputs: [{}],
  },
  {
    body: 'const rows = input.names.map((name) => ({ name }));\n  return prisma.tag.createMany({ data: rows });',
    type: '{ names: string[] }',
    inputs: [{ names: ['code1'] }],
  },
  {
    body: 'return prisma.author.findMany({ where: { id: { in: input.ids } } });',
    type: '{ ids: number[] }',
    inputs: [{ ids: [1, 2, 3] }, { ids: [] }],
  },
  {
    body: 'return prisma.$transaction([prisma.tag.count(), prisma.tag.findMany({ where: { name: input.name } })]);',
    type: '{ name: string }',
    inputs: [{ name: 'prose' }],
  },
  {
    body: 'return prisma.$transaction(async (tx) => {\n    const tag = await tx.tag.create({ data: { name: input.name } });\n    return tx.tag.update({ where: { id: tag.id }, data: { name: "b" + input.name } });\n  });',
    type: '{ name: string }',
    inputs: [{ name: 'code2' }],
  },
  {
    body: 'return prisma.author.update({ where: { id: input.id }, data: { name: input.name, books: { updateMany: { where: {}, data: { rating: 2 } } } } });',
    type: '{ id: number; name: string }',
    inputs: [{ id: 1, name: 'Ada' }],
  },
  {
    body: 'return prisma.tag.upsert({ where: { name: input.name }, create: { name: input.name }, update: {} });',
    type: '{ name: string }',
    inputs: [{ name: 'code3' }],
  },
  {
    body: 'return prisma.author.findUnique({ where: { id: input.id } }).books();',
    type: '{ id: number }',
    inputs: [{ id: 1 }],
  },
  {
    body: 'return prisma.author.findUnique({ where: { id: input.id } }).books({ where: { published: true }, take: 1 });',
    type: '{ id: number }',
    inputs: [{ id: 1 }],
  },
  { body: 'return prisma.book.findUniqueOrThrow({ where: { id: 1 } }).author().mentor();', inputs: [{}] },
  {
    body: 'return prisma.$queryRaw`SELECT id FROM books WHERE pages > ${input.pages} AND published`;',
    type: '{ pages: number }',
    inputs: [{ pages: 1 }],
  },
  {
    body: 'return prisma.$queryRaw(Prisma.sql`SELECT id FROM books WHERE id IN (${Prisma.join([1, 2])}) ORDER BY id`);',
    inputs: [{}],
  },
  {
    body: "return prisma.$executeRawUnsafe('UPDATE books SET rating = 1 WHERE id = ?', input.id);",
    type: '{ id: number }',
    inputs: [{ id: 1 }],
  },
  {
    body: 'return prisma.book.groupBy({ by: ["authorId"], _sum: { price: true }, where: { published: input.published } });',
    type: '{ published?: boolean }',
    inputs: [{ published: true }, {}],
  },
  {
    body: 'return prisma.book.aggregate({ _avg: { price: true }, where: { author: { name: { startsWith: input.name } } } });',
    type: '{ name: string }',
    inputs: [{ name: 'A' }],
  },
  { body: 'return prisma.book.findMany({ where: { extra: { equals: Prisma.DbNull } } });', inputs: [{}] },
  { body: 'return prisma.book.findMany({ where: { extra: { not: Prisma.JsonNull } } });', inputs: [{}] },
  {
    body: 'return prisma.book.findMany({ where: { extra: { equals: input.any ? Prisma.AnyNull : Prisma.JsonNull } } });',
    type: '{ any: boolean }',
    inputs: [{ any: true }, { any: false }],
  },
  {
    body: 'return prisma.book.update({ where: { id: 1 }, data: { extra: input.extra ?? Prisma.DbNull } });',
    type: '{ extra?: object }',
    inputs: [{ extra: { a: 1 } }, {}],
  },
  {
    body: 'return prisma.author.findMany({ distinct: [Prisma.AuthorScalarFieldEnum.role], orderBy: { name: Prisma.SortOrder.desc } });',
    inputs: [{}],
  },
  {
    body: 'const either = (name) => { if (!name) return undefined; return [{ name }, { name: { contains: name } }]; };\n  return prisma.author.findMany({ where: { OR: either(input.name) } });',
    type: '{ name?: string }',
    inputs: [{ name: 'A' }, {}],
  },
  {
    body: 'const either = (name) => [{ name }, { role: "READER" }];\n  return prisma.author.findMany({ where: { OR: [...either(input.name), { id: 3 }], NOT: input.names.flatMap((name) => [{ name }, { id: 4 }]) } });',
    type: '{ name: string; names: string[] }',
    inputs: [{ name: 'A', names: ['B'] }],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: code as text

import { delegate, MODELS } from './models.ts';
import type { Random } from './random.ts';

/** A piece of a service file: its text and how many query sites it holds. */
export interface Piece {
  readonly text: string;
  readonly sites: number;
}

type Writer = (name: string, model: string, random: Random) => string;

const CAPPED: Writer = (name, model, { below }) => `
/** Newest ${model} entries with a given status. */
export async function list${name}(status: string, page = 0) {
  const rows = await prisma.${delegate(model)}.findMany({
    where: { status, amount: { gte: ${below(100)} } },
    orderBy: { createdAt: 'desc' },
    skip: page * ${10 + below(40)},
    take: ${10 + below(40)},
    select: { id: true, slug: true, title: true, createdAt: true },
  });
  return rows.map((row) => ({ ...row, label: \`\${row.title} (\${row.slug})\` }));
}
`;

const SINGLE: Writer = (name, model) => `
export async function load${name}(id: number) {
  const row = await prisma.${delegate(model)}.findUnique({ where: { id } });
  if (row === null) {
    throw new Error(\`${model} \${id} does not exist\`);
  }
  return { title: row.title, open: row.status === 'open', amount: formatAmount(row.amount) };
}
`;

const CREATE: Writer = (name, model, { below }) => `
export async function create${name}(title: string, amount: number) {
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  if (slug.length < ${2 + below(4)}) {
    return { ok: false as const, error: 'The title is too short.' };
  }
  const row = await prisma.${delegate(model)}.create({
    data: { slug, title, amount, status: '${below(2) ? 'draft' : 'open'}', parentId: ${1 + below(50)} },
  });
  return { ok: true as const, id: row.id };
}
`;

const CHANGE: Writer = (name, model) => `
export async function close${name}(id: number, reason: string) {
  await prisma.${delegate(model)}.update({ where: { id }, data: { status: 'closed', body: reason } });
  await notify('${delegate(model)}.closed', { id, reason });
}
`;

const COUNTS: Writer = (name, model) => `
export async function count${name}() {
  const groups = await prisma.${delegate(model)}.groupBy({ by: ['status'], _count: true });
  const byStatus: Record<string, number> = {};
  for (const group of groups) {
    byStatus[group.status] = group._count;
  }
  return byStatus;
}
`;

const ALL: Writer = (name, model) => `
export async function every${name}() {
  const rows = await prisma.${delegate(model)}.findMany({ include: { children: true } });
  return rows.filter((row) => row.status !== 'closed').map((row) => row.title);
}
`;

const LOOP: Writer = (name, model) => `
export async function enrich${name}(ids: number[]) {
  const result: { id: number; total: number }[] = [];
  for (const id of ids) {
    const total = await prisma.${delegate(model)}.count({ where: { parentId: id } });
    result.push({ id, total });
  }
  return result;
}
`;

const CALLS: Writer = (name, model) => `
async function latest${name}(parentId: number) {
  return prisma.${delegate(model)}.findFirst({ where: { parentId }, orderBy: { createdAt: 'desc' } });
}

export async function overview${name}(parents: { id: number; title: string }[]) {
  return Promise.all(
    parents.map(async (parent) => ({ title: parent.title, latest: (await latest${name}(parent.id))?.title ?? null })),
  );
}
`;

const TRANSACTION: Writer = (name, model) => `
export async function move${name}(from: number, to: number) {
  return prisma.$transaction(async (tx) => {
    const rows = await tx.${delegate(model)}.findMany({ where: { parentId: from }, take: 500, select: { id: true } });
    const { count } = await tx.${delegate(model)}.updateMany({
      where: { id: { in: rows.map((row) => row.id) } },
      data: { parentId: to },
    });
    return count;
  });
}
`;

/** As often as they come in ordinary services: mostly fine code, now and then a slow one. */
const WRITERS: readonly (readonly [writer: Writer, sites: number])[] = [
  [CAPPED, 1],
  [CAPPED, 1],
  [SINGLE, 1],
  [SINGLE, 1],
  [CREATE, 1],
  [CHANGE, 1],
  [CHANGE, 1],
  [COUNTS, 1],
  [ALL, 1],
  [LOOP, 1],
  [CALLS, 1],
  [TRANSACTION, 2],
];

/** An exported function or two around a query; `name` makes their names unique within the file. */
export function queryFunctions(name: string, random: Random): Piece {
  const [writer, sites] = random.pick(WRITERS);
  const model = random.pick(MODELS.slice(1, -1));
  return { text: writer(`${model}${name}`, model, random), sites };
}

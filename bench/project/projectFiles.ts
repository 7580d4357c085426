import { delegate, MODELS, schemaText } from './models.ts';
import { COMPONENTS, declarations, TYPE_DECLARATIONS, UTILITIES } from './plainCode.ts';
import { queryFunctions } from './queryFunctions.ts';
import { type Random, random } from './random.ts';

/** Of forty files: how many of each kind. Most of a web application never sees the database. */
const MIX: readonly (readonly [kind: Kind, of40: number])[] = [
  ['component', 15],
  ['utility', 9],
  ['type', 6],
  ['service', 4],
  ['api', 2],
  ['router', 1],
  ['hook', 3],
];

type Kind = 'component' | 'utility' | 'type' | 'service' | 'api' | 'router' | 'hook';

const LINES = 100;

/** The files of a web application with `count` source files, half as many query sites, some 112 lines a file. */
export function* projectFiles(count: number): Generator<readonly [path: string, text: string]> {
  yield ['package.json', '{ "name": "bench", "private": true, "dependencies": { "@prisma/client": "6.0.0" } }\n'];
  yield [
    'tsconfig.json',
    '{ "compilerOptions": { "jsx": "preserve", "strict": true, "paths": { "@/*": ["./src/*"] } } }\n',
  ];
  yield ['prisma/schema.prisma', schemaText()];
  yield ['src/server/db.ts', DATABASE];
  for (let index = 1; index < count; index += 1) yield file(kindOf(index), index, random(index));
}

function kindOf(index: number): Kind {
  let place = index % 40;
  for (const [kind, share] of MIX) {
    if (place < share) return kind;
    place -= share;
  }
  return 'utility';
}

function file(kind: Kind, index: number, source: Random): readonly [path: string, text: string] {
  const folder = `area${index % 25}`;
  switch (kind) {
    case 'component':
      return [
        `src/components/${folder}/panel${index}.tsx`,
        reactHead(source) + declarations(COMPONENTS, LINES, source),
      ];
    case 'hook':
      return [`src/hooks/${folder}/use${index}.ts`, reactHead(source) + declarations(UTILITIES, LINES, source)];
    case 'type':
      return [`src/types/${folder}/types${index}.ts`, declarations(TYPE_DECLARATIONS, LINES, source)];
    case 'service':
      return [servicePath(index), service(index, source)];
    case 'api':
      return [`src/app/api/${folder}/r${index}/route.ts`, api(index, source)];
    case 'router':
      return [`src/server/routers/${folder}/router${index}.ts`, router(index, source)];
    default:
      return [`src/lib/${folder}/lib${index}.ts`, declarations(UTILITIES, LINES, source)];
  }
}

function servicePath(index: number): string {
  return `src/server/services/area${index % 25}/service${index}.ts`;
}

/** The nearest service file before or at an index: services take the places 30 to 33 of forty. */
function serviceNear(index: number): string {
  const at = Math.max(30, index - (index % 40) + 30);
  return `@/${servicePath(at).slice('src/'.length, -'.ts'.length)}`;
}

function reactHead({ below }: Random): string {
  const types = 24 + 40 * below(10);
  return `import { useEffect, useMemo, useState } from 'react';
import type * as types from '@/types/area${types % 25}/types${types}';

export type Shared = typeof types | ReturnType<typeof useEffect> | typeof useMemo | typeof useState;
`;
}

const DATABASE = `import { PrismaClient } from '@prisma/client';

const globalForPrisma = globalThis as unknown as { prisma?: PrismaClient };

export const prisma = globalForPrisma.prisma ?? new PrismaClient();

if (process.env.NODE_ENV !== 'production') {
  globalForPrisma.prisma = prisma;
}
`;

const SERVICE_HEAD = `import { prisma } from '@/server/db';

function formatAmount(cents: number): string {
  return (cents / 100).toFixed(2);
}

async function notify(topic: string, payload: Record<string, unknown>): Promise<void> {
  await fetch('https://events.example.org', { method: 'POST', body: JSON.stringify({ topic, payload }) });
}

export async function ping() {
  return prisma.${delegate(MODELS[1] ?? '')}.findFirst({ select: { id: true } });
}
`;

/** Four query sites, the last one in `ping`, and plain helpers up to the usual length. */
function service(index: number, source: Random): string {
  let text = SERVICE_HEAD;
  for (let number = 0, sites = 1; sites < 4; number += 1) {
    const piece = queryFunctions(String(number), source);
    text += piece.text;
    sites += piece.sites;
  }
  return text + declarations(UTILITIES, LINES - text.split('\n').length, random(index + 1_000_000));
}

function api(index: number, source: Random): string {
  const model = delegate(source.pick(MODELS.slice(1)));
  return `import { ping } from '${serviceNear(index)}';
import { prisma } from '@/server/db';

export async function GET(request: Request) {
  const page = Number(new URL(request.url).searchParams.get('page') ?? 0);
  const rows = await prisma.${model}.findMany({
    where: { status: 'open' },
    orderBy: { updatedAt: 'desc' },
    skip: page * 20,
    take: 20,
  });
  return Response.json({ rows, newest: await ping() });
}
${declarations(UTILITIES, LINES - 16, source)}`;
}

function router(index: number, source: Random): string {
  const model = delegate(source.pick(MODELS.slice(1)));
  return `import { Router } from 'express';
import { ping } from '${serviceNear(index)}';
import { prisma } from '@/server/db';

export const router = Router();

router.get('/${model}/:id', async (req, res) => {
  const row = await prisma.${model}.findUnique({ where: { id: Number(req.params.id) }, include: { parent: true } });
  res.json({ row, newest: await ping() });
});

router.post('/${model}', async (req, res) => {
  const row = await prisma.${model}.create({ data: req.body });
  res.status(201).json({ id: row.id });
});
${declarations(UTILITIES, LINES - 18, source)}`;
}

import { LOOP, SMALL_PROJECT } from './projectFolder.ts';

/** Answers with the titles of the authors that are asked for. */
export const TITLES_ROUTE = `import express from 'express';
import { titles } from './titles';

const app = express();
app.get('/titles', async (req, res) => res.json(await titles(req.body.ids)));
`;

/** What {@link LOOP} asks, as one query. */
export const CAREFUL = `import { prisma } from './db';

export async function titles(ids: number[]) {
  return prisma.post.findMany({ where: { authorId: { in: ids } }, select: { title: true }, take: 100 });
}
`;

/** A project with a route and nothing to find; {@link LOOP} in `src/titles.ts` makes it slow. */
export const CAREFUL_PROJECT = { ...SMALL_PROJECT, 'src/app.ts': TITLES_ROUTE, 'src/titles.ts': CAREFUL };

/** The same, slow. */
export const SLOW_PROJECT = { ...CAREFUL_PROJECT, 'src/titles.ts': LOOP };

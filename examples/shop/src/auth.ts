import { createMiddleware } from 'hono/factory';
import { prisma } from './db.ts';

export interface CurrentUser {
  readonly id: number;
  readonly name: string;
  readonly staff: boolean;
}

export interface Signed {
  Variables: { user: CurrentUser };
}

/** Answers 401 unless the request carries the token of a user. */
export const requireUser = createMiddleware<Signed>(async (c, next) => {
  const token = c.req.header('authorization')?.replace(/^Bearer /, '');
  const user = token
    ? await prisma.user.findUnique({ where: { token }, select: { id: true, name: true, staff: true } })
    : null;
  if (user === null) return c.json({ error: 'Sign in first.' }, 401);
  c.set('user', user);
  return next();
});

/** Answers 403 unless the user works here; stands after {@link requireUser}. */
export const requireStaff = createMiddleware<Signed>(async (c, next) => {
  if (!c.get('user').staff) return c.json({ error: 'Staff only.' }, 403);
  return next();
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { graphOf } from './support/project.ts';

function check(project: string, settings: readonly string[], handlers: readonly string[]): void {
  const found = graphOf(project, settings).entryPoints.map(({ handler }) => `${handler.file} ${handler.fact.symbol}`);
  assert.deepEqual(found, handlers);
}

describe('entry points', () => {
  it('lead to the handler inside wrappers and other files', () =>
    check(
      `
// @file: app/api/orders/route.ts
import { withAuth } from '@/auth';
import { handler } from '../../../orders';
export const GET = withAuth(async () => 1);
export const POST = handler;
// @file: auth.ts
export const withAuth = (handle) => async (request) => handle(request);
// @file: orders.ts
export async function handler() { return 2; }`,
      [],
      ['app/api/orders/route.ts GET', 'orders.ts handler'],
    ));

  it('are added by the configuration: globs of files and names of functions', () =>
    check(
      `
// @file: rpc/orders.ts
export const list = async () => 1;
export const limit = 5;
// @file: lib.ts
import { defineHandler } from './define';
defineHandler({ path: '/x' }, async () => 1);
export function onMessage() { return 2; }
export function other() { return 3; }
// @file: define.ts
export const defineHandler = (options, run) => run;`,
      ['rpc/**', 'defineHandler', 'onMessage'],
      ['lib.ts defineHandler#0', 'lib.ts onMessage', 'rpc/orders.ts list'],
    ));

  it('are not added twice', () =>
    check(
      `
// @file: app/api/orders/route.ts
export const GET = async () => 1;`,
      ['app/**'],
      ['app/api/orders/route.ts GET'],
    ));
});

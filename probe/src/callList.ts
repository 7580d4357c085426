import type { RunningCall } from './runningCall.ts';

/** By what all calls of one transaction are told. */
const lists = new WeakMap<object, RunningCall[]>();

/** Takes note of a call that a transaction takes; `transaction` is what Prisma tells it: only calls handed over as a list are of interest. */
export function joinList(call: RunningCall, transaction: unknown): void {
  const { kind, lock } = (transaction ?? {}) as { readonly kind?: unknown; readonly lock?: unknown };
  if (kind !== 'batch' || typeof lock !== 'object' || lock === null) return;
  const list = lists.get(lock) ?? [];
  lists.set(lock, list);
  list.push(call);
  call.list = list;
}

/** Whose a statement is, of which `context` is what Prisma tells a plugin for comments; null where it may be one of several calls. */
export function callSending(call: RunningCall, context: unknown): RunningCall | null {
  // Prisma runs the whole list where its first call was started.
  if (!call.list) return call;
  const { query } = context as { readonly query: { readonly modelName?: string; readonly action: string } };
  const [first, ...others] = call.list.filter(({ method: { model, operation } }) => {
    return model === (query.modelName ?? null) && actionOf(operation) === query.action;
  });
  return first && others.every(({ place }) => place.site === first.place.site) ? first : null;
}

/** As Prisma calls an operation when it tells plugins of it. */
function actionOf(operation: string): string {
  return ACTIONS[operation] ?? operation.replace(/^\$/, '').replace(/(?:Unsafe|Typed)$/, '');
}

const ACTIONS: Readonly<Record<string, string>> = {
  create: 'createOne',
  update: 'updateOne',
  upsert: 'upsertOne',
  delete: 'deleteOne',
  count: 'aggregate',
};

import type { CallFact, FileFacts } from '#syntax/facts.ts';
import type { Reference, Value } from '#syntax/values.ts';
import type { DriverQuery } from './drivers/driverQuery.ts';
import { stepsBetween } from './drivers/steps.ts';
import { routePath } from './mounts.ts';
import type { EntryPoint, ProjectGraph, QuerySite } from './projectGraph.ts';
import { referenceName } from './referenceName.ts';

/** How a person would name the value: `orders`, `team.members`, `listOrders()`; null when it has no name. */
export function describeValue(graph: ProjectGraph, file: string, value: Value | null): string | null {
  const facts = graph.files.get(file);
  if (!value || !facts) return null;
  if (value.kind === 'reference') return describeReference(facts, value.to);
  if (value.kind === 'call') return describeCall(facts, value.call);
  if (value.kind === 'choice')
    return describeValue(graph, file, value.options.find((each) => each.kind !== 'array') ?? null);
  return null;
}

/** `prisma.order.findMany`, `this.orders.list`: the callee as it reads. */
export function describeCallee(facts: FileFacts, call: CallFact): string {
  return describeReference(facts, call.callee) ?? call.callee.path.at(-1) ?? 'the call';
}

/** `GET /api/orders`, `User.posts`, or the handler's own name. */
export function describeEntry(graph: ProjectGraph, entry: EntryPoint): string {
  const { fact, handler } = entry;
  return [fact.method, routePath(graph, entry) ?? handler.fact.symbol]
    .filter((part) => part !== null && part !== '')
    .join(' ');
}

/** `Order.findMany`, `$queryRaw` where no model is named, and of what a driver sends the call: `pool.query`, `db('posts')`. */
export function describeSite(site: QuerySite): string {
  if (site.driver) return describeDriverCall(site, site.driver);
  return site.model ? `${site.model.name}.${site.operation}` : site.operation;
}

function describeDriverCall({ facts, call }: QuerySite, driver: DriverQuery): string {
  const first = driver.kind === 'chain' ? facts.calls[driver.first] : undefined;
  if (!first || driver.kind !== 'chain') return describeCallee(facts, call);
  const steps = stepsBetween(facts, driver.first, call);
  const from = steps.find(({ callee }) => /^(?:from|into|table)$/.test(callee.path.at(-1) ?? ''));
  const client = first.callee.root.kind === 'call' && first.callee.path.length === 0 ? driver.package : null;
  const begin = `${client ?? describeCallee(facts, first)}(${driver.table ? argumentName(facts, first) : ''})`;
  if (from === first) return `${describeCallee(facts, first)}(${argumentName(facts, first)})`;
  return driver.table || !from ? begin : `${begin}.from(${argumentName(facts, from)})`;
}

function argumentName(facts: FileFacts, { arguments: [first] }: CallFact): string {
  if (first?.kind === 'literal') return `'${first.value}'`;
  return first?.kind === 'reference' ? referenceName(facts, first.to).replace('?', '') : '';
}

/** `orderItem`, as the client calls the model's delegate. */
export function delegateName({ model }: QuerySite): string {
  return model ? model.name.charAt(0).toLowerCase() + model.name.slice(1) : 'model';
}

function describeCall(facts: FileFacts, index: number): string | null {
  const call = facts.calls[index];
  if (!call) return null;
  const name = describeReference(facts, call.callee);
  return name === null ? null : `${call.kind === 'new' ? 'new ' : ''}${name}()`;
}

/** Of an object its class: the name it was given is not kept. */
function describeReceiver(facts: FileFacts, index: number): string | null {
  const call = facts.calls[index];
  return call?.kind === 'new' ? describeReference(facts, call.callee) : describeCall(facts, index);
}

function describeReference(facts: FileFacts, to: Reference): string | null {
  const root = rootName(facts, to);
  if (root === null) return to.path.length > 0 ? to.path.join('.').replaceAll('.[]', '[]') : null;
  return [root, ...to.path]
    .filter((step) => step !== '')
    .join('.')
    .replaceAll('.[]', '[]');
}

function rootName(facts: FileFacts, { root, path }: Reference): string | null {
  switch (root.kind) {
    case 'import':
      return facts.imports[root.import]?.local ?? null;
    case 'function':
      return facts.functions[root.function]?.name ?? null;
    case 'class':
      return facts.classes[root.class]?.name ?? null;
    case 'variable':
      return facts.variables[root.variable]?.name ?? null;
    case 'parameter':
      return facts.functions[root.function]?.parameters[root.index]?.name ?? null;
    case 'this':
      return 'this';
    case 'super':
      return 'super';
    case 'call':
      return path.length > 0 ? describeReceiver(facts, root.call) : describeCall(facts, root.call);
    case 'global':
      return root.name;
    case 'unknown':
      return null;
  }
}

/** At most four names as code, the rest counted: `a`, `b` and 3 more. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => `\`${name}\``);
  return inWords(names.length > 4 ? [...shown, `${names.length - 4} more`] : shown);
}

/** All names as code, where each counts: `a`, `b`, `c`. */
export function allNames(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** Parts of a sentence as one: a, b and c. */
export function inWords(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');
}

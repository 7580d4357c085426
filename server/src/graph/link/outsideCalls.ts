import type { PackageMember } from '../projectGraph.ts';
import type { Entity, LinkedFile } from './entities.ts';
import { parents } from './members.ts';
import type { Link } from './names.ts';

/** Where the calls of one file lead outside the project, as told before anything is known of what parameters are handed. */
export interface OutsideCalls {
  /** By call. */
  readonly packages: readonly (readonly PackageMember[] | undefined)[];
  /** `new` calls that make a Prisma client. */
  readonly clients: readonly number[];
}

/** What the calls of a file run that is no function of the project; `targets` are those that are. */
export function outsideCalls(link: Link, file: LinkedFile, targets: readonly (object | undefined)[]): OutsideCalls {
  const packages: (readonly PackageMember[] | undefined)[] = [];
  const clients: number[] = [];
  for (const { index, kind, callee } of file.facts.calls) {
    const isOpen = kind === 'call' && targets[index] === undefined && isNamed(callee.root.kind);
    if (!isOpen && kind !== 'new') continue;
    const callees = link.evaluate(file, callee);
    const members = isOpen ? callees.flatMap(asMember) : [];
    if (members.length > 0) packages[index] = members;
    if (kind === 'new' && callees.some((entity) => isClient(link, entity, MAX_ANCESTORS))) clients.push(index);
  }
  return { packages, clients };
}

/** Whether two say the same about the same facts. */
export function sameOutside(a: OutsideCalls, b: OutsideCalls): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function isNamed(root: string): boolean {
  return root !== 'global' && root !== 'unknown';
}

function asMember(entity: Entity): readonly PackageMember[] {
  return entity.kind === 'package' ? [{ package: entity.name, path: entity.path }] : [];
}

const MAX_ANCESTORS = 12;

function isClient(link: Link, entity: Entity, depth: number): boolean {
  if (entity.kind === 'client') return true;
  if (entity.kind === 'generated') return /^PrismaClient/.test(entity.path.at(-1) ?? '');
  if (entity.kind !== 'class' || depth === 0) return false;
  return parents(link, entity).some((parent) => isClient(link, parent, depth - 1));
}

import type { Reference } from '#syntax/values.ts';
import { distinct, type Entities, type Entity, type Link, type LinkedFile } from './entities.ts';
import { clientFrom } from './members.ts';

type Class = Extract<Entity, { kind: 'class' | 'instance' }>;

/** What is known of the project's classes by name alone. */
export interface ClassIndex {
  readonly named: ReadonlyMap<string, readonly Class[]>;
  /** Classes that name a class or interface in `extends` or `implements`. */
  readonly heirs: ReadonlyMap<string, readonly Class[]>;
}

/** More implementations than this of one type say nothing about which of them runs. */
const MAX_HEIRS = 4;

export function indexClasses(files: Iterable<LinkedFile>): ClassIndex {
  const named = new Map<string, Class[]>();
  const heirs = new Map<string, Class[]>();
  const add = (map: Map<string, Class[]>, name: string, entity: Class) =>
    map.set(name, [...(map.get(name) ?? []), entity]);
  for (const file of files) {
    for (const fact of file.facts.classes) {
      const entity: Class = { kind: 'instance', file, class: fact.index };
      if (fact.name !== null) add(named, fact.name, entity);
      const base = fact.extends === null ? null : baseName(file, fact.extends);
      for (const name of new Set(base === null ? fact.implements : [...fact.implements, base]))
        add(heirs, name, entity);
    }
  }
  return { named, heirs };
}

/** Classes that extend or implement a class, by its name; none where there are too many. */
export function createHeirs(index: ClassIndex): (of: Class) => readonly Class[] {
  return ({ kind, file, class: at }) => {
    const name = file.facts.classes[at]?.name;
    const found = name === null || name === undefined ? [] : (index.heirs.get(name) ?? []);
    return found.length > MAX_HEIRS ? [] : found.map((heir) => ({ ...heir, kind }));
  };
}

/** What a value is whose written type has a name: an instance of a project class, a client, something of a package. */
export function createTypeNames(link: Link, index: ClassIndex): (file: LinkedFile, typeName: string) => Entities {
  const answers = new Map<string, Entities>();
  return (file, typeName) => {
    const key = `${file.path}\0${typeName}`;
    const known = answers.get(key);
    if (known) return known;
    answers.set(key, []);
    const answer = typedAs(link, index, file, typeName);
    answers.set(key, answer);
    return answer;
  };
}

function typedAs(link: Link, index: ClassIndex, file: LinkedFile, typeName: string): Entities {
  const [first = '', ...rest] = typeName.replace(/^typeof\s+/, '').split('.');
  const delegate = /^(?<model>\w+)Delegate$/.exec(rest.at(-1) ?? first)?.groups?.model;
  const found = delegate === undefined ? null : link.schemas.delegate(file.path, lowerFirst(delegate), null);
  if (found) return [{ kind: 'delegate', ...found, transaction: false }];
  const declared = distinct(declaredAs(link, file, first, rest).flatMap(valueOfType));
  const project = declared.filter((entity) => entity.kind !== 'unparsed');
  if (project.length > 0) return project;
  const implementing = index.heirs.get(first) ?? [];
  if (implementing.length > 0) return implementing.length > MAX_HEIRS ? [] : implementing;
  const named = index.named.get(first) ?? [];
  if (named.length === 1 && rest.length === 0) return named;
  return clientByName(link, file, typeName) ?? declared;
}

function declaredAs(link: Link, file: LinkedFile, first: string, rest: readonly string[]): Entities {
  const own = file.facts.classes.find((fact) => fact.name === first);
  if (own) return [{ kind: 'class', file, class: own.index }];
  const fact = file.facts.imports.find(({ local }) => local === first);
  if (!fact) return [];
  return rest.reduce<Entities>(
    (entities, name) => entities.flatMap((entity) => link.member(entity, name)),
    link.imported(file, fact.specifier, fact.name),
  );
}

function valueOfType(entity: Entity): Entities {
  if (entity.kind === 'class') return [{ ...entity, kind: 'instance' }];
  if (entity.kind === 'generated') return clientFrom(entity);
  return entity.kind === 'function' || entity.kind === 'module' ? [] : [entity];
}

/** `ExtendedPrismaClient`, `Tx`, `PrismaTransaction`: an alias whose definition is a type the facts do not keep. */
function clientByName(link: Link, file: LinkedFile, typeName: string): Entities | null {
  const transaction = /Transaction|\bTx|Tx$|Trx/.test(typeName);
  const client =
    /PrismaClient|PrismaService|PrismaDb|TransactionClient|Prisma(?:Tx|Trx|Transaction)|^(?:Tx|Trx)(?:Client)?$/.test(
      typeName,
    );
  return client ? [{ kind: 'client', file, schema: link.schemas.near(file.path), transaction }] : null;
}

function baseName({ facts }: LinkedFile, { root, path }: Reference): string | null {
  const last = path.at(-1);
  if (last !== undefined) return last;
  if (root.kind === 'import') return facts.imports[root.import]?.local ?? null;
  return root.kind === 'class' ? (facts.classes[root.class]?.name ?? null) : null;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

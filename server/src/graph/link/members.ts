import type { ClassFact, MemberFact } from '#syntax/facts.ts';
import type { Answers } from './answers.ts';
import { heirsOf } from './classNames.ts';
import { distinct, type Entities, type Entity, type LinkedFile } from './entities.ts';
import type { Link } from './names.ts';

type Class = Extract<Entity, { kind: 'class' | 'instance' }>;
type Client = Extract<Entity, { kind: 'client' }>;

const BINDING: ReadonlySet<string> = new Set(['bind', 'call', 'apply']);
const MAX_ANCESTORS = 12;

/** What a name read from something stands for. */
export function createMembers(link: Link): (entity: Entity, name: string) => Entities {
  const tables = new WeakMap<ClassFact, ReadonlyMap<string, MemberFact>>();
  const answers = new Map<unknown, Answers<string>>();

  /** Remembers what each thing has under a name. */
  function member(entity: Entity, name: string): Entities {
    const key = identityOf(entity);
    if (key === null) return find(entity, name);
    const known: Answers<string> = answers.get(key) ?? new Map();
    answers.set(key, known);
    return link.remember(known, name, () => find(entity, name));
  }

  function find(entity: Entity, name: string): Entities {
    switch (entity.kind) {
      case 'instance':
      case 'class':
        return ofClass(entity, name);
      case 'object':
        return ofObject(link, entity, name);
      case 'list':
        return name === '[]'
          ? distinct(entity.value.items.flatMap((item) => link.evaluateValue(entity.file, item)))
          : [];
      case 'module':
        return link.exported(entity.file.path, name);
      case 'client':
        return ofClient(link, entity, name);
      case 'generated':
        return [{ ...entity, path: [...entity.path, name] }];
      case 'package':
        return [{ ...entity, path: [...entity.path, name] }];
      case 'unparsed':
        return [entity];
      case 'function':
        return BINDING.has(name) ? [entity] : ofGetter(link, entity, name);
      default:
        return [];
    }
  }

  /** Own and inherited members; what only heirs define, as with abstract methods, is theirs. */
  function ofClass(entity: Class, name: string): Entities {
    const found = inherited(entity, name, MAX_ANCESTORS);
    if (found.length > 0) return found;
    return distinct(heirsOf(link, entity).flatMap((heir) => ownMember(heir, name) ?? []));
  }

  function inherited(entity: Class, name: string, depth: number): Entities {
    const own = ownMember(entity, name);
    if (own && own.length > 0) return own;
    return depth === 0
      ? []
      : parents(link, entity).flatMap((parent) =>
          isClass(parent) ? inherited(parent, name, depth - 1) : member(parent, name),
        );
  }

  function ownMember(entity: Class, name: string): Entities | null {
    const owner = entity.file.facts.classes[entity.class];
    const fact = owner && tableOf(owner).get(`${entity.kind === 'class' ? 'static ' : ''}${name}`);
    if (!fact) return null;
    if (fact.function !== null) return [{ kind: 'function', file: entity.file, function: fact.function }];
    const value = fact.value ? link.evaluateValue(entity.file, fact.value) : [];
    return value.length === 0 && fact.typeName !== null ? link.typed(entity.file, fact.typeName) : value;
  }

  function tableOf(owner: ClassFact): ReadonlyMap<string, MemberFact> {
    const table =
      tables.get(owner) ?? new Map(owner.members.map((fact) => [`${fact.static ? 'static ' : ''}${fact.name}`, fact]));
    tables.set(owner, table);
    return table;
  }
  return member;
}

function identityOf(entity: Entity): unknown {
  switch (entity.kind) {
    case 'object':
    case 'list':
      return entity.value;
    case 'instance':
    case 'class':
      return `${entity.kind} ${entity.file.path}#${entity.class}`;
    case 'function':
      return entity.file.facts.functions[entity.function];
    default:
      return null;
  }
}

/** What a class extends, on the same side: instances of instances. */
export function parents(link: Link, { kind, file, class: index }: Class): Entities {
  const base = file.facts.classes[index]?.extends;
  if (!base) return [];
  return link.evaluate(file, base).flatMap((entity): Entities => {
    if (entity.kind === 'class') return [{ ...entity, kind }];
    return entity.kind === 'generated' ? clientFrom(entity, file.path) : [];
  });
}

/** `PrismaClient` of a generated module becomes a client, anything else of it nothing. */
export function clientFrom(entity: Extract<Entity, { kind: 'generated' }>, origin: string | null = null): Entities {
  const name = entity.path.at(-1) ?? '';
  if (name === 'TransactionClient')
    return [{ kind: 'client', file: entity.file, schema: entity.schema, transaction: true, origin: null }];
  return /^PrismaClient/.test(name)
    ? [{ kind: 'client', file: entity.file, schema: entity.schema, transaction: false, origin }]
    : [];
}

function isClass(entity: Entity): entity is Class {
  return entity.kind === 'class' || entity.kind === 'instance';
}

function ofObject(link: Link, { file, value }: Extract<Entity, { kind: 'object' }>, name: string): Entities {
  for (const property of value.properties.toReversed()) {
    if (property.kind === 'property' && property.key === name) return link.evaluateValue(file, property.value);
    if (property.kind !== 'spread') continue;
    const spread = link.evaluateValue(file, property.value).flatMap((entity) => link.member(entity, name));
    if (spread.length > 0) return distinct(spread);
  }
  return [];
}

/** A delegate where a schema has one by the name, otherwise a client again: `prisma.client`, `db.replica`. */
function ofClient(link: Link, client: Client, name: string): Entities {
  const found = link.schemas.delegate(client.file.path, name, client.schema);
  if (found) return [{ kind: 'delegate', ...found, transaction: client.transaction, origin: client.origin }];
  return name === '?' || (name.startsWith('$') && name !== '$parent') ? [] : [client];
}

/** Nothing is kept on functions, so reading from one means that it is an accessor. */
function ofGetter(
  link: Link,
  { file, function: index }: { readonly file: LinkedFile; readonly function: number },
  name: string,
): Entities {
  const returns = file.facts.functions[index]?.returns ?? [];
  return distinct(
    returns
      .flatMap((value) => link.evaluateValue(file, value))
      .flatMap((entity) => (entity.kind === 'function' ? [] : link.member(entity, name))),
  );
}

import type { Answers } from './answers.ts';
import { classesNamed, heirsNamed, MAX_HEIRS } from './classNames.ts';
import { distinct, type Entities, type Entity, type LinkedFile } from './entities.ts';
import { clientFrom } from './members.ts';
import type { Link } from './names.ts';

/** What a value is whose written type has a name: an instance of a project class, a client, something of a package. */
export function createTypeNames(link: Link): (file: LinkedFile, typeName: string) => Entities {
  const answers: Answers<string> = new Map();
  return (file, typeName) => link.remember(answers, `${file.path}\0${typeName}`, () => typedAs(link, file, typeName));
}

function typedAs(link: Link, file: LinkedFile, typeName: string): Entities {
  const [first = '', ...rest] = typeName.replace(/^typeof\s+/, '').split('.');
  const delegate = /^(?<model>\w+)Delegate$/.exec(rest.at(-1) ?? first)?.groups?.model;
  const found = delegate === undefined ? null : link.schemas.delegate(file.path, lowerFirst(delegate), null);
  if (found) return [{ kind: 'delegate', ...found, transaction: false, origin: null }];
  const declared = distinct(declaredAs(link, file, first, rest).flatMap(valueOfType));
  const project = declared.filter((entity) => entity.kind !== 'unparsed');
  if (project.length > 0) return project;
  const implementing = heirsNamed(link, first);
  if (implementing.length > 0) return implementing.length > MAX_HEIRS ? [] : implementing;
  const named = classesNamed(link, first);
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
  return client ? [{ kind: 'client', file, schema: link.schemas.near(file.path), transaction, origin: null }] : null;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

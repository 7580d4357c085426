import type { ExportFact } from '#syntax/facts.ts';
import { distinct, type Entities, type Link, type LinkedFile } from './entities.ts';

/** Finds what a module exports under a name, through barrels and re-exports; cycles end. */
export function createExportLookup(link: Link): (path: string, name: string) => Entities {
  const tables = new Map<string, ExportTable>();
  const answers = new Map<string, Entities>();

  const tableOf = (file: LinkedFile): ExportTable => {
    const table = tables.get(file.path) ?? tableFrom(file.facts.exports);
    tables.set(file.path, table);
    return table;
  };

  function lookUp(path: string, name: string): Entities {
    const file = link.files.get(path);
    if (!file) return [{ kind: 'unparsed', path, name }];
    if (name === '*') return [{ kind: 'module', file }];
    const key = `${path}\0${name}`;
    const known = answers.get(key);
    if (known) return known;
    answers.set(key, []);
    const { named, stars } = tableOf(file);
    const found = distinct((named.get(name) ?? []).flatMap((fact) => entitiesOf(file, fact)));
    const answer = found.length > 0 ? found : fallback(file, name, stars);
    answers.set(key, answer);
    return answer;
  }

  function fallback(file: LinkedFile, name: string, stars: readonly string[]): Entities {
    if (name === 'default') return [];
    const through = stars.flatMap((specifier) => link.imported(file, specifier, name));
    const known = through.filter((entity) => entity.kind !== 'unparsed' && entity.kind !== 'package');
    if (known.length > 0) return distinct(known);
    return through.length > 0
      ? through
      : lookUp(file.path, 'default').flatMap((entity) => (entity.kind === 'object' ? link.member(entity, name) : []));
  }

  function entitiesOf(file: LinkedFile, { value, from }: ExportFact): Entities {
    if (from) return link.imported(file, from.specifier, from.name);
    return value ? link.evaluate(file, value) : [];
  }
  return lookUp;
}

interface ExportTable {
  readonly named: ReadonlyMap<string, readonly ExportFact[]>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
}

function tableFrom(exports: readonly ExportFact[]): ExportTable {
  const named = new Map<string, ExportFact[]>();
  const stars: string[] = [];
  for (const fact of exports) {
    if (fact.name === '*' && fact.from) stars.push(fact.from.specifier);
    else named.set(fact.name, [...(named.get(fact.name) ?? []), fact]);
  }
  return { named, stars };
}

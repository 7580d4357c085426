import type { ExportFact, FileFacts } from '#syntax/facts.ts';
import type { Answers } from '../link/answers.ts';
import { distinct, type Entities, type LinkedFile } from '../link/entities.ts';
import type { Link } from '../link/names.ts';

/** Finds what a module exports under a name, through barrels and re-exports; cycles end. */
export function createExportLookup(link: Link): (path: string, name: string) => Entities {
  const tables = new WeakMap<FileFacts, ExportTable>();

  const tableOf = (file: LinkedFile): ExportTable => {
    const { facts } = file;
    const table = tables.get(facts) ?? tableFrom(link, file);
    tables.set(facts, table);
    return table;
  };

  function lookUp(path: string, name: string): Entities {
    const file = link.files.get(path);
    if (!file) return [{ kind: 'unparsed', path, name }];
    if (name === '*') return [{ kind: 'module', file }];
    const table = tableOf(file);
    const facts = table.named.get(name);
    if (!facts && table.leadsNowhere) return [];
    return link.remember(table.answers, name, () => {
      const found = distinct((facts ?? []).flatMap((fact) => entitiesOf(file, fact)));
      return found.length > 0 ? found : fallback(file, name, table);
    });
  }

  /** Through `export *`, or as a property of what CommonJS exports as a whole. */
  function fallback(file: LinkedFile, name: string, table: ExportTable): Entities {
    if (name === 'default') return [];
    const known = distinct(table.stars.flatMap((path) => lookUp(path, name)));
    if (known.some((entity) => entity.kind !== 'unparsed')) return known.filter((entity) => entity.kind !== 'unparsed');
    const elsewhere: Entities = table.unparsedStars.map((path) => ({ kind: 'unparsed', path, name }));
    if (known.length > 0 || elsewhere.length > 0) return [...known, ...elsewhere];
    return lookUp(file.path, 'default').flatMap((entity) =>
      entity.kind === 'object' ? link.member(entity, name) : [],
    );
  }

  function entitiesOf(file: LinkedFile, { value, from }: ExportFact): Entities {
    if (from) return link.imported(file, from.specifier, from.name);
    return value ? link.evaluate(file, value) : [];
  }
  return lookUp;
}

interface ExportTable {
  readonly named: ReadonlyMap<string, readonly ExportFact[]>;
  /** Parsed files behind `export * from`. */
  readonly stars: readonly string[];
  readonly unparsedStars: readonly string[];
  /** A name that is not in the table cannot be found by way of it. */
  readonly leadsNowhere: boolean;
  readonly answers: Answers<string>;
}

function tableFrom(link: Link, file: LinkedFile): ExportTable {
  const named = new Map<string, ExportFact[]>();
  const stars: string[] = [];
  const unparsedStars: string[] = [];
  for (const fact of file.facts.exports) {
    if (fact.name === '*' && fact.from) {
      const resolution = link.resolver.resolve(file.path, fact.from.specifier);
      if (resolution.kind === 'file') (link.files.has(resolution.file) ? stars : unparsedStars).push(resolution.file);
    } else {
      const facts = named.get(fact.name);
      if (facts) facts.push(fact);
      else named.set(fact.name, [fact]);
    }
  }
  const leadsNowhere = stars.length === 0 && unparsedStars.length === 0 && !named.has('default');
  return { named, stars, unparsedStars, leadsNowhere, answers: new Map() };
}

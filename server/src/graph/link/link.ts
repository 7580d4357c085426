import type { SchemaModel } from '#schema/schemaModel.ts';
import type { FileFacts } from '#syntax/facts.ts';
import { createExportLookup } from '../modules/exportLookup.ts';
import type { ModuleResolver } from '../modules/moduleResolution.ts';
import { roleOfFile } from '../roles.ts';
import type { Entities, Link, LinkedFile } from './entities.ts';
import { createEvaluation } from './evaluate.ts';
import { createMembers } from './members.ts';
import { createSchemaChoice } from './schemaChoice.ts';
import { createHeirs, createTypeNames, indexClasses } from './typeNames.ts';

/** What is handed to a parameter; the graph knows it only after a first round of linking. */
export type Handed = Link['handed'];

export function linkFiles(files: ReadonlyMap<string, FileFacts>): ReadonlyMap<string, LinkedFile> {
  return new Map([...files].map(([path, facts]) => [path, { path, facts, role: roleOfFile(path, facts) }]));
}

/** Puts the parts of linking together over a fixed set of files. */
export function createLink(
  files: ReadonlyMap<string, LinkedFile>,
  schemas: readonly SchemaModel[],
  resolver: ModuleResolver,
  handed: Handed,
): Link {
  const classes = indexClasses(files.values());
  const choice = createSchemaChoice(schemas, resolver);
  const link: Link = {
    files,
    resolver,
    schemas: choice,
    evaluate: (file, reference) => evaluation.evaluate(file, reference),
    evaluateValue: (file, value) => evaluation.evaluateValue(file, value),
    called: (file, call) => evaluation.called(file, call),
    member: (entity, name) => members(entity, name),
    exported: (path, name) => exported(path, name),
    imported: (file, specifier, name) => imported(link, file, specifier, name),
    typed: (file, typeName) => typed(file, typeName),
    global: (name) => globals(name),
    handed,
  };
  const evaluation = createEvaluation(link);
  const members = createMembers(link, createHeirs(classes));
  const exported = createExportLookup(link);
  const typed = createTypeNames(link, classes);
  const globals = createGlobals(link);
  return link;
}

function imported(link: Link, file: LinkedFile, specifier: string, name: string): Entities {
  const generated = link.schemas.generatedBy(file.path, specifier);
  if (generated) return [{ kind: 'generated', file, schema: generated.schema, path: name === '*' ? [] : [name] }];
  const resolution = link.resolver.resolve(file.path, specifier);
  if (resolution.kind === 'file') return link.exported(resolution.file, name);
  if (resolution.kind === 'missing') return [];
  return [{ kind: 'package', name: resolution.name, path: name === '*' ? [] : [name] }];
}

/** Frameworks that import by themselves: a name declared nowhere is the one export of the project that is called so. */
function createGlobals(link: Link): (name: string) => Entities {
  let exporters: ReadonlyMap<string, readonly string[]> | null = null;
  return (name) => {
    if (Object.hasOwn(globalThis, name)) return [];
    exporters ??= indexExporters(link.files);
    const [path, ...others] = exporters.get(name) ?? [];
    return path !== undefined && others.length === 0 ? link.exported(path, name) : [];
  };
}

function indexExporters(files: ReadonlyMap<string, LinkedFile>): ReadonlyMap<string, readonly string[]> {
  const exporters = new Map<string, string[]>();
  for (const { path, facts } of files.values()) {
    for (const { name, value } of facts.exports) {
      if (value) exporters.set(name, [...(exporters.get(name) ?? []), path]);
    }
  }
  return exporters;
}

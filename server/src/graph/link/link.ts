import type { FileFacts } from '#syntax/facts.ts';
import { createExportLookup } from '../modules/exportLookup.ts';
import type { ModuleResolver } from '../modules/moduleResolution.ts';
import type { FileRole } from '../projectGraph.ts';
import { roleOfFile } from '../roles.ts';
import { NO_TRACE, type Trace } from '../trace.ts';
import { createRemembering } from './answers.ts';
import type { Entities, LinkedFile } from './entities.ts';
import { createEvaluation } from './evaluate.ts';
import { createMembers } from './members.ts';
import type { Link } from './names.ts';
import type { NameTables } from './nameTables.ts';
import type { SchemaChoice } from './schemaChoice.ts';
import { createTypeNames } from './typeNames.ts';

/** What is handed to a parameter; the graph knows it only after a first round of linking. */
export type Handed = Link['handed'];

/** What a round of linking goes by. */
export interface LinkGrounds {
  readonly files: ReadonlyMap<string, LinkedFile>;
  readonly schemas: SchemaChoice;
  readonly resolver: ModuleResolver;
  readonly names: NameTables;
  readonly trace: Trace;
}

/** A file for linking; whoever looks at its facts is written down. */
export function linkedFile(
  path: string,
  facts: FileFacts,
  trace: Trace,
  role: FileRole = roleOfFile(path, facts),
): LinkedFile {
  if (trace === NO_TRACE) return { path, facts, role };
  const key = trace.key('file', path);
  return {
    path,
    role,
    get facts() {
      trace.read(key);
      return facts;
    },
  };
}

/** Puts the parts of linking together over a fixed set of files. */
export function createLink(grounds: LinkGrounds, handed: Handed): Link {
  const link: Link = {
    ...grounds,
    ...createRemembering(grounds.trace),
    evaluate: (file, reference) => evaluation.evaluate(file, reference),
    evaluateValue: (file, value) => evaluation.evaluateValue(file, value),
    called: (file, call) => evaluation.called(file, call),
    member: (entity, name) => members(entity, name),
    exported: (path, name) => exported(path, name),
    imported: (file, specifier, name) => imported(link, file, specifier, name),
    typed: (file, typeName) => typed(file, typeName),
    global: (name) => globalNamed(link, name),
    handed,
  };
  const evaluation = createEvaluation(link);
  const members = createMembers(link);
  const exported = createExportLookup(link);
  const typed = createTypeNames(link);
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
function globalNamed(link: Link, name: string): Entities {
  if (Object.hasOwn(globalThis, name)) return [];
  link.trace.note('exported', name);
  const [exporter, ...others] = link.names.exporters.named(name);
  return exporter && others.length === 0 ? link.exported(exporter.path, name) : [];
}

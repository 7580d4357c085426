import { splitTopLevel, stringValue } from './attributeText.ts';
import type { SchemaError } from './prismaWasm.ts';
import type { PlacedBlock, ScannedFile, SchemaBlock } from './scanSchema.ts';
import type { Provider, SchemaModel } from './schemaModel.ts';
import { dirname, joinPath } from './schemaPaths.ts';

const PROVIDERS: Readonly<Record<string, Provider>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
  cockroachdb: 'cockroachdb',
  mongodb: 'mongodb',
};

/** What datasource and generator blocks say, in whatever version's words. */
export interface SchemaSettings
  extends Pick<SchemaModel, 'provider' | 'relationMode' | 'previewFeatures' | 'clientOutputs'> {
  /** Name of the datasource block: native types are written `@name.Type`. */
  readonly datasource: string;
  readonly databaseSchemas: readonly string[];
  /** A provider nobody knows; everything else in these blocks is taken as it comes. */
  readonly errors: readonly SchemaError[];
}

/** Reads the settings from text, so that a datasource of any Prisma version serves. */
export function readSettings(files: readonly ScannedFile[]): SchemaSettings {
  const placed = blocksOf(files, 'datasource')[0];
  const source = placed?.block ?? null;
  const generators = blocksOf(files, 'generator');
  const settings = source === null ? new Map<string, string>() : settingsOf(source);
  const mode = settings.get('relationMode') ?? settings.get('referentialIntegrity') ?? '';
  return {
    datasource: source?.name ?? 'db',
    provider: PROVIDERS[strings(settings.get('provider'))[0] ?? ''] ?? null,
    relationMode: strings(mode)[0] === 'prisma' ? 'prisma' : 'foreignKeys',
    databaseSchemas: strings(settings.get('schemas')),
    previewFeatures: [...new Set(generators.flatMap(({ block }) => strings(settingsOf(block).get('previewFeatures'))))],
    errors: placed === undefined ? [] : unknownProvider(placed),
    clientOutputs: generators.flatMap(({ file, block }) => clientOutput(file, block)),
  };
}

function unknownProvider({ file, block }: PlacedBlock): readonly SchemaError[] {
  const line = block.lines.find(({ word }) => word === 'provider');
  const unknown = strings(settingsOf(block).get('provider')).find(
    (name) => /^\w+$/.test(name) && PROVIDERS[name] === undefined,
  );
  if (line === undefined || unknown === undefined) return [];
  const message = `The datasource provider "${unknown}" is not known. Use one of ${Object.keys(PROVIDERS).join(', ')}.`;
  return [{ file: file.path, ...line.span, message }];
}

function clientOutput(file: ScannedFile, block: SchemaBlock): readonly string[] {
  const settings = settingsOf(block);
  if (!/client/i.test(strings(settings.get('provider'))[0] ?? '')) return [];
  const output = stringValue(settings.get('output') ?? '');
  const resolved = output === null ? null : joinPath(dirname(file.path), output);
  return resolved === null ? [] : [resolved];
}

/** Keys with the text of their values; a list over several lines is put together. */
function settingsOf(block: SchemaBlock): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let key = '';
  for (const line of block.lines) {
    const match = /^(\w+)\s*=\s*(.*)$/s.exec(line.text);
    if (match !== null) key = match[1] ?? '';
    settings.set(key, `${settings.get(key) ?? ''}${match?.[2] ?? line.text}`);
  }
  return settings;
}

/** The literal strings of a value: one, or those of a list; `env(…)` gives none. */
function strings(value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  const inner = value.startsWith('[') ? splitTopLevel(value.replace(/^\[|\]\s*$/g, '')) : [value];
  return inner.map(stringValue).filter((text) => text !== null);
}

function blocksOf(files: readonly ScannedFile[], kind: SchemaBlock['kind']): PlacedBlock[] {
  return files.flatMap((file) => file.blocks.filter((block) => block.kind === kind).map((block) => ({ file, block })));
}

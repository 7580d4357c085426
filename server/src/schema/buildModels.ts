import type { Location } from '#shared/location.ts';
import type { Datamodel, DatamodelField, DatamodelModel } from './prismaWasm.ts';
import type { PlacedBlock, ScannedFile } from './scanSchema.ts';
import { schemaIndexes } from './schemaIndexes.ts';
import type { EnumModel, Field, InsertionPoint, Model } from './schemaModel.ts';

/** Joins what Prisma understood with where it stands in the text. */
export function buildModels(datamodel: Datamodel, files: readonly ScannedFile[]): ReadonlyMap<string, Model> {
  const blocks = modelBlocks(files);
  const indexes = Map.groupBy(datamodel.indexes, (index) => index.model);
  const models = new Map<string, Model>();
  for (const model of datamodel.models) {
    const placed = blocks.get(model.name);
    if (placed === undefined) continue;
    const { file, block } = placed;
    models.set(model.name, {
      name: model.name,
      table: model.dbName ?? model.name,
      databaseSchema: model.schema,
      fields: fieldsOf(model, placed),
      view: block.kind === 'view',
      indexes: schemaIndexes(model, indexes.get(model.name) ?? [], placed),
      at: { file: file.path, span: block.head },
      insertAt: insertionPoint(placed),
    });
  }
  return models;
}

export function buildEnums(datamodel: Datamodel): ReadonlyMap<string, EnumModel> {
  return new Map(
    datamodel.enums.map(({ name, dbName, values }) => [
      name,
      { name, databaseName: dbName ?? name, values: values.map((value) => value.name) },
    ]),
  );
}

function modelBlocks(files: readonly ScannedFile[]): ReadonlyMap<string, PlacedBlock> {
  const blocks = new Map<string, PlacedBlock>();
  for (const file of files) {
    for (const block of file.blocks) {
      if (block.kind !== 'model' && block.kind !== 'view') continue;
      if (!blocks.has(block.name)) blocks.set(block.name, { file, block });
    }
  }
  return blocks;
}

function fieldsOf(model: DatamodelModel, placed: PlacedBlock): ReadonlyMap<string, Field> {
  const places = new Map<string, Location>();
  for (const line of placed.block.lines) {
    if (!places.has(line.word)) places.set(line.word, { file: placed.file.path, span: line.span });
  }
  const whole = { file: placed.file.path, span: placed.block.head };
  return new Map(model.fields.map((field) => [field.name, fieldOf(field, places.get(field.name) ?? whole)]));
}

function fieldOf(field: DatamodelField, at: Location): Field {
  const base = { name: field.name, list: field.isList, required: field.isRequired, type: field.type, at };
  if (field.kind === 'object' && field.relationName !== undefined) {
    return {
      ...base,
      kind: 'relation',
      relationName: field.relationName,
      foreignKey: field.relationFromFields ?? [],
      references: field.relationToFields ?? [],
    };
  }
  const [nativeType = null, args = []] = field.nativeType ?? [];
  const length = Number(args[0]);
  return {
    ...base,
    kind: field.kind === 'enum' ? 'enum' : 'scalar',
    nativeType,
    nativeLength: args.length === 0 || Number.isNaN(length) ? null : length,
    column: field.dbName ?? field.name,
    unique: field.isUnique,
    id: field.isId,
    hasDefault: field.hasDefaultValue,
    updatedAt: field.isUpdatedAt ?? false,
  };
}

function insertionPoint({ file, block }: PlacedBlock): InsertionPoint {
  const lastAttribute = block.lines.findLast((line) => line.word.startsWith('@@'));
  const last = lastAttribute ?? block.lines.at(-1);
  const indent = last === undefined ? '  ' : indentOf(file.text, last.span.start);
  const close = block.close ?? block.span.end;
  const offset = lastAttribute === undefined ? close : Math.min(lineAfter(file.text, lastAttribute.span.end), close);
  const above = file.text.slice(block.head.end, offset);
  const blankBefore = lastAttribute === undefined && last !== undefined && !/\n[^\S\n]*\n$/.test(above);
  return { file: file.path, offset, indent, newline: file.newline, blankBefore };
}

function indentOf(text: string, offset: number): string {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*/.exec(before)?.[0] ?? '';
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

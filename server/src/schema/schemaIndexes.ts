import { readAttribute, splitName, splitTopLevel, stringValue } from './attributeText.ts';
import { cutOfIndex } from './cutIndex.ts';
import type { DatamodelIndex, DatamodelModel } from './prismaWasm.ts';
import type { PlacedBlock, SchemaLine } from './scanSchema.ts';
import type { Index } from './schemaModel.ts';

const ATTRIBUTES = { id: 'id', unique: 'unique', normal: 'index', fulltext: 'fulltext' } as const;

/** The ids, uniques and indexes written in a schema, with their lines and the predicates the datamodel does not carry. */
export function schemaIndexes(
  model: DatamodelModel,
  indexes: readonly DatamodelIndex[],
  placed: PlacedBlock,
): readonly Index[] {
  const columns = new Map(model.fields.map((field) => [field.name, field.dbName ?? field.name]));
  const free = [...placed.block.lines];
  return indexes.map((index) => {
    const line = takeLine(free, index);
    const attribute = line === null ? null : readAttribute(line.text, attributeName(index));
    return {
      kind: ATTRIBUTES[index.type],
      name: index.dbName ?? null,
      ...(index.name === undefined ? {} : { alias: index.name }),
      fields: index.fields.map((field) => ({
        name: field.name,
        sort: field.sortOrder ?? 'asc',
        expression: false,
        operatorClass: field.operatorClass ?? null,
        ...(field.length === undefined ? {} : { length: field.length }),
      })),
      method: index.type === 'fulltext' ? 'fulltext' : (index.algorithm?.toLowerCase() ?? 'btree'),
      where: attribute?.where == null ? null : predicateText(attribute.where, columns),
      from: 'schema',
      at: line === null ? null : { file: placed.file.path, span: line.span },
      cut: line && cutOfIndex(placed.file, line, index.isDefinedOnField ? attributeName(index) : null),
    };
  });
}

/** The line an index is written in; block attributes of one kind over the same fields are taken in their order. */
function takeLine(lines: SchemaLine[], index: DatamodelIndex): SchemaLine | null {
  const names = index.fields.map((field) => field.name).join();
  const name = attributeName(index);
  const at = lines.findIndex((line) =>
    index.isDefinedOnField
      ? line.word === names && readAttribute(line.text, name) !== null
      : line.word === name && readAttribute(line.text, name)?.fields.join() === names,
  );
  if (at === -1) return null;
  const line = lines[at] ?? null;
  if (!index.isDefinedOnField) lines.splice(at, 1);
  return line;
}

function attributeName(index: DatamodelIndex): string {
  return `${index.isDefinedOnField ? '@' : '@@'}${ATTRIBUTES[index.type]}`;
}

/** `raw("…")` gives its SQL; `{ deletedAt: null }` is put into SQL over columns, so that both read alike. */
function predicateText(where: string, columns: ReadonlyMap<string, string>): string {
  const raw = /^raw\s*\(([\s\S]*)\)$/.exec(where)?.[1];
  if (raw !== undefined) return stringValue(raw.trim()) ?? raw.trim();
  if (!where.startsWith('{')) return where;
  const conditions = splitTopLevel(where.slice(1, -1)).map(splitName);
  return conditions.map(([field, value]) => conditionText(columns.get(field) ?? field, value)).join(' AND ');
}

function conditionText(column: string, value: string): string {
  const negated = /^\{\s*not\s*:\s*([\s\S]*)\}$/.exec(value)?.[1]?.trim();
  const operand = negated ?? value;
  if (operand === 'null') return `"${column}" IS ${negated === undefined ? '' : 'NOT '}NULL`;
  const text = stringValue(operand);
  const literal = text === null ? operand : `'${text.replaceAll("'", "''")}'`;
  return `"${column}" ${negated === undefined ? '=' : '<>'} ${literal}`;
}

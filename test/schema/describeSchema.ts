import type { Index, SchemaModel } from '#schema/schemaModel.ts';

/** An index in one line: `unique email` or `index gin tags (lower(name)) createdAt- text_pattern_ops where "x" IS NULL`. */
export function describeIndex(index: Index): string {
  const fields = index.fields.map(({ name, sort, expression, operatorClass }) => {
    const text = `${expression ? `(${name})` : name}${sort === 'desc' ? '-' : ''}`;
    return operatorClass === null ? text : `${text}:${operatorClass}`;
  });
  const method = index.method === 'btree' || index.kind === 'fulltext' ? '' : `${index.method} `;
  return `${index.kind} ${method}${fields.join(' ')}${index.where === null ? '' : ` where ${index.where}`}`;
}

/** Indexes of one model, those of migrations marked with a plus. */
export function describeIndexes(schema: SchemaModel | undefined, model: string): readonly string[] {
  const indexes = schema?.models.get(model)?.indexes ?? [];
  return indexes.map((index) => (index.from === 'migration' ? '+ ' : '') + describeIndex(index));
}

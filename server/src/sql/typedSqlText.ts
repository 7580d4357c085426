import type { SchemaModel } from '#schema/schemaModel.ts';
import type { Workspace } from '#workspace/workspace.ts';

/** The text of a query of TypedSQL, which stands in `sql/<name>.sql` beside the schema; null where there is none. */
export function typedSqlText(workspace: Workspace, schema: SchemaModel, name: string): string | null {
  const folders = new Set(schema.files.flatMap(foldersAbove));
  const places = [...folders].map((folder) => `${folder}sql/${name}.sql`);
  const found = workspace.files().find((file) => places.includes(file));
  return found === undefined ? null : (workspace.read(found)?.trim() ?? null);
}

/** Schemas of several files may lie one folder deeper than the queries. */
function foldersAbove(file: string): readonly string[] {
  const steps = file.split('/').slice(0, -1);
  return [0, 1].map((up) =>
    steps
      .slice(0, Math.max(0, steps.length - up))
      .map((step) => `${step}/`)
      .join(''),
  );
}

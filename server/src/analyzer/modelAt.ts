import type { ProjectGraph } from '#graph/projectGraph.ts';
import type { Model } from '#schema/schemaModel.ts';
import type { Span } from '#shared/location.ts';

/** A model, and where its schema names it. */
export interface ModelPlace {
  readonly name: string;
  readonly table: string;
  readonly span: Span;
}

/** The model whose first line, `model Name`, holds an offset of a schema file; null elsewhere. */
export function modelAt({ schemas }: ProjectGraph, file: string, offset: number): ModelPlace | null {
  const models = schemas.flatMap((schema) => [...schema.models.values()]);
  const found = models.find((model) => holds(model, file, offset));
  return found ? { name: found.name, table: found.table, span: found.at.span } : null;
}

function holds({ at }: Model, file: string, offset: number): boolean {
  return at.file === file && at.span.start <= offset && offset <= at.span.end;
}

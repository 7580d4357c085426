import type { Position } from 'vscode-languageserver/node';
import { type ModelPlace, modelAt } from '#analyzer/modelAt.ts';
import { modelHover } from '#render/modelHover.ts';
import type { Asked } from './asked.ts';

/** What was measured of the model at a position of a schema and is of no one line; null where there is none. */
export function measuredModel(
  { folder, file, answer }: Asked,
  position: Position,
): { readonly text: string; readonly span: ModelPlace['span'] } | null {
  if (!file.endsWith('.prisma')) return null;
  const model = modelAt(answer.snapshot.graph, file, folder.places(file).offset(position));
  if (!model) return null;
  const isOf = ({ name, table }: { readonly name: string; readonly table: string }) =>
    name.startsWith(`${model.name}.`) || (name === '' && table.toLowerCase() === model.table.toLowerCase());
  const text = modelHover(model.name, folder.evidence.models().filter(isOf), Date.now());
  return text === '' ? null : { text, span: model.span };
}

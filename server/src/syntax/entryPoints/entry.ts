import type { ts } from 'ts-morph';
import { isExpression } from '../compiler.ts';
import type { EntryPointFact } from '../facts.ts';
import type { SourceContext } from '../sourceContext.ts';
import type { Value } from '../values.ts';
import type { ModuleNames } from './moduleNames.ts';
import { peelWrappers } from './peelWrappers.ts';

/** What a detector works on: the parsed file and its top-level names. */
export interface EntryContext {
  readonly source: SourceContext;
  readonly file: ts.SourceFile;
  readonly path: string;
  readonly names: ModuleNames;
  /** Settings of the module that hold for everything it exports. */
  readonly settings: EntryPointFact['settings'];
}

/** An entry point while it still points into the tree; `wrappers` are those outside of what is peeled off the handler. */
export interface Draft {
  readonly framework: EntryPointFact['framework'];
  readonly kind: EntryPointFact['kind'];
  readonly method?: string | null;
  readonly route?: string | null;
  readonly handler: ts.Node;
  readonly wrappers?: readonly string[];
  readonly settings?: EntryPointFact['settings'];
  readonly at: ts.Node;
}

export function toFact(context: EntryContext, draft: Draft): EntryPointFact {
  const { handler, wrappers } = peelWrappers(context.names, draft.handler);
  return {
    framework: draft.framework,
    kind: draft.kind,
    method: draft.method ?? null,
    route: draft.route ?? null,
    handler: valueOfHandler(context, handler),
    wrappers: [...(draft.wrappers ?? []), ...wrappers],
    settings: draft.settings ?? {},
    span: context.source.spanOf(draft.at),
  };
}

function valueOfHandler({ source }: EntryContext, handler: ts.Node): Value {
  if (isExpression(handler)) return source.valueOf(handler);
  const index = source.functionIndexOf(handler);
  const span = source.spanOf(handler);
  return index === null ? { kind: 'unknown', span } : { kind: 'function', function: index, span };
}

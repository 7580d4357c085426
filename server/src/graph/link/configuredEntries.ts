import picomatch from 'picomatch';
import type { Span } from '#shared/location.ts';
import type { EntryPointFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import { referenceName } from '../referenceName.ts';
import { functionArguments } from './callResults.ts';
import type { FunctionEntity, Link, LinkedFile } from './entities.ts';

/** A function the project's configuration calls an entry point. */
export interface ConfiguredEntry {
  readonly file: LinkedFile;
  readonly fact: EntryPointFact;
  readonly handler: FunctionEntity;
}

/**
 * Finds what the setting `entryPoints` names: a glob makes every exported function of its files an entry point; a name makes one of
 * each function handed to calls of it, or of the function itself where nothing is handed to it.
 */
export function* configuredEntries(link: Link, settings: readonly string[]): Generator<ConfiguredEntry> {
  if (settings.length === 0) return;
  const globs = settings.filter(isGlob);
  const names = new Set(settings.filter((setting) => !isGlob(setting)));
  const takers = new Set<string>();
  for (const file of link.files.values()) {
    for (const call of file.facts.calls) {
      const name = referenceName(file.facts, call.callee);
      if (!names.has(name)) continue;
      for (const entry of entriesFrom(link, file, call.arguments)) {
        takers.add(name);
        yield entry;
      }
    }
  }
  const matches = picomatch(globs);
  for (const file of link.files.values()) {
    const byFile = globs.length > 0 && matches(file.path);
    for (const { name, value } of file.facts.exports) {
      const byName = names.has(name) && !takers.has(name);
      if (value && (byFile || byName))
        yield* entriesFrom(link, file, [{ kind: 'reference', to: value, span: NOWHERE }]);
    }
  }
}

function isGlob(setting: string): boolean {
  return /[*/.]/.test(setting);
}

function* entriesFrom(link: Link, file: LinkedFile, values: readonly Value[]): Generator<ConfiguredEntry> {
  for (const handler of functionArguments(link, file, values)) {
    const span = handler.file.facts.functions[handler.function]?.nameSpan ?? NOWHERE;
    yield { file: handler.file, fact: factOf({ kind: 'function', function: handler.function, span }), handler };
  }
}

const NOWHERE: Span = { start: 0, end: 0 };

function factOf(handler: Value): EntryPointFact {
  const { span } = handler;
  return { framework: 'other', kind: 'route', method: null, route: null, handler, wrappers: [], settings: {}, span };
}

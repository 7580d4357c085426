import picomatch from 'picomatch';
import type { Span } from '#shared/location.ts';
import type { EntryPointFact } from '#syntax/facts.ts';
import type { Value } from '#syntax/values.ts';
import type { FunctionNode } from '../projectGraph.ts';
import { referenceName } from '../referenceName.ts';
import { functionArguments } from './callResults.ts';
import type { FunctionEntity } from './entities.ts';
import type { Link } from './names.ts';

/**
 * Finds the handlers the setting `entryPoints` names: a glob makes every exported function of its files one; a name makes one of each
 * function handed to calls of it, or of the function itself where nothing is handed to it.
 */
export function configuredEntries(link: Link, settings: readonly string[]): readonly FunctionEntity[] {
  if (settings.length === 0) return [];
  const globs = settings.filter(isGlob);
  const names = new Set(settings.filter((setting) => !isGlob(setting)));
  const takers = new Set<string>();
  const handlers: FunctionEntity[] = [];
  for (const file of link.files.values()) {
    for (const call of file.facts.calls) {
      const name = referenceName(file.facts, call.callee);
      const handed = names.has(name) ? functionArguments(link, file, call.arguments) : [];
      if (handed.length > 0) takers.add(name);
      handlers.push(...handed);
    }
  }
  const matches = picomatch(globs);
  for (const file of link.files.values()) {
    const byFile = globs.length > 0 && matches(file.path);
    for (const { name, value } of file.facts.exports) {
      const byName = names.has(name) && !takers.has(name);
      if (value && (byFile || byName))
        handlers.push(...functionArguments(link, file, [{ kind: 'reference', to: value, span: NOWHERE }]));
    }
  }
  return handlers;
}

function isGlob(setting: string): boolean {
  return /[*/.]/.test(setting);
}

const NOWHERE: Span = { start: 0, end: 0 };

/** The entry point that a configured handler makes. */
export function configuredFact({ fact: { index, nameSpan: span } }: FunctionNode): EntryPointFact {
  const handler: Value = { kind: 'function', function: index, span };
  return { framework: 'other', kind: 'route', method: null, route: null, handler, wrappers: [], settings: {}, span };
}

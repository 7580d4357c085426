import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractEntryPoints } from '#syntax/entryPoints.ts';
import { parseSource } from '#syntax/parseSource.ts';
import { readSource } from '#syntax/sourceContext.ts';

/** `framework kind METHOD route [wrappers] {settings} -> kind of handler, its text` of each entry point. */
function entriesIn(path: string, text: string): readonly string[] {
  const file = parseSource(path, text);
  const context = file && readSource(path, text, file);
  assert.ok(context);
  return extractEntryPoints(context).map(({ framework, kind, method, route, wrappers, settings, handler }) => {
    const around = wrappers.length > 0 ? ` [${wrappers.join(' ')}]` : '';
    const set = Object.keys(settings).length > 0 ? ` ${JSON.stringify(settings)}` : '';
    const code = text.slice(handler.span.start, handler.span.end).replace(/\s+/g, ' ');
    return `${framework} ${kind} ${method} ${route}${around}${set} -> ${handler.kind} ${code}`;
  });
}

/** Entries are given by their beginnings, since a handler's text may be long. */
interface Case {
  readonly path?: string;
  readonly text: string;
  readonly entries: readonly string[];
}

/** A test of the entry points found in each text. */
export function checkEntryPoints(title: string, defaultPath: string, cases: readonly Case[]): void {
  test(`entry points: ${title}`, () => {
    for (const { path = defaultPath, text, entries } of cases) {
      const found = entriesIn(path, text).map((line, index) => line.slice(0, entries[index]?.length ?? line.length));
      assert.deepEqual(found, entries, `${path}: ${text}`);
    }
  });
}

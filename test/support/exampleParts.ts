import { DEFAULT_DATASOURCE, DEFAULT_SCHEMA } from './defaultSchema.ts';
import { type Expectation, readExpectations } from './expectations.ts';
import { type MeasuredLine, readMeasured } from './measuredLines.ts';

/** Where an example's schema lies when it names no file for it. */
export const SCHEMA_FILE = 'prisma/schema.prisma';

/** One file of an example, its expectation comments taken out. */
export interface ExamplePart {
  readonly file: string;
  /** The line that opened the part in the example's text, null for a first part without one. */
  readonly header: string | null;
  readonly text: string;
  readonly expectations: readonly Expectation[];
  /** What the running system was seen to do, from lines beginning with `// @measured`. */
  readonly measured: readonly MeasuredLine[];
}

const HEADER = /^\s*\/\/ @(?:file:\s*(?<file>\S+)|(?<schema>schema))\s*$/;

/** Splits an example at its `// @file: path` and `// @schema` lines; text before the first one belongs to `firstFile`. */
export function splitParts(text: string, firstFile: string): readonly ExamplePart[] {
  const parts: { file: string; header: string | null; lines: string[] }[] = [
    { file: firstFile, header: null, lines: [] },
  ];
  for (const line of text.split('\n')) {
    const header = HEADER.exec(line);
    if (header) parts.push({ file: header.groups?.file ?? SCHEMA_FILE, header: line, lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts
    .filter(({ header, lines }) => header !== null || lines.some((line) => line.trim() !== ''))
    .map(({ file, header, lines }) => {
      const { text, measured } = readMeasured(lines.join('\n'));
      return { file, header, measured, ...readExpectations(file, text) };
    });
}

/** Puts parts together again the way the example was written, without expectations: the shape of a golden file. */
export function joinParts(parts: readonly ExamplePart[], texts: Readonly<Record<string, string>>): string {
  return parts
    .map(({ file, header, text }) => `${header === null ? '' : `${header}\n`}${texts[file] ?? text}`)
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .join('');
}

/** The project an example stands for: its files, a schema if it brought none, a manifest that makes it a package of its own. */
export function projectFiles(parts: readonly ExamplePart[]): Readonly<Record<string, string>> {
  const files = Object.fromEntries(parts.map(({ file, text }) => [file, text]));
  const schemas = Object.keys(files).filter((file) => file.endsWith('.prisma'));
  const first = schemas[0];
  if (first === undefined) files[SCHEMA_FILE] = DEFAULT_SCHEMA;
  else if (!schemas.some((file) => /^\s*datasource\s/m.test(files[file] ?? ''))) files[first] += DEFAULT_DATASOURCE;
  return { 'package.json': '{ "name": "example", "private": true }\n', ...files };
}

import {
  findNodeAtLocation,
  type JSONPath,
  type Node as JsonNode,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { z } from 'zod';
import { Failure } from './failure.ts';
import { didYouMean } from './nearestName.ts';
import { lineStartsOf, positionAt } from './textPosition.ts';

/** A configuration as text: JSON with comments, or the part of a package.json under `within`. */
export interface ConfigText {
  /** For messages. */
  readonly file: string;
  readonly text: string;
  readonly within: JSONPath;
}

/** Reads and validates; throws one {@link Failure} that lists every mistake with its place and the nearest known name. */
export function parseConfig<Schema extends z.ZodType>(
  source: ConfigText,
  schema: Schema,
  known: KeysAt,
): z.output<Schema> {
  const errors: ParseError[] = [];
  const tree = parseTree(source.text, errors, { allowTrailingComma: true, disallowComments: false });
  const first = errors[0];
  if (first || !tree) throw failure(source, [{ offset: first?.offset ?? 0, text: syntaxMistake(source.text, first) }]);
  const node = findNodeAtLocation(tree, source.within);
  const result = schema.safeParse(node ? plainValue(node) : {});
  if (result.success) return result.data;
  const mistakes = result.error.issues.flatMap(flatten).flatMap((issue) => describe(issue, source, tree, known));
  const inOrder = mistakes.sort((a, b) => a.offset - b.offset);
  throw failure(source, inOrder);
}

/** The property names allowed at a path of the configuration. */
export type KeysAt = (path: readonly PropertyKey[]) => readonly string[];

/** {@link KeysAt} of a JSON Schema. */
export function keysOf(jsonSchema: JsonSchema): KeysAt {
  return (path) =>
    Object.keys(path.reduce<JsonSchema[]>(step, [jsonSchema]).find((at) => at.properties)?.properties ?? {});
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | readonly JsonSchema[] | boolean;
  readonly anyOf?: readonly JsonSchema[];
}

function step(at: readonly JsonSchema[], key: PropertyKey): JsonSchema[] {
  return at
    .flatMap((schema) => [schema, ...(schema.anyOf ?? [])])
    .flatMap((schema) => {
      if (typeof key !== 'number')
        return [schema.properties?.[String(key)] ?? schema.additionalProperties].filter(isSchema);
      return (Array.isArray(schema.items) ? [schema.items[key]] : [schema.items]).filter(isSchema);
    });
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}

type Issue = z.core.$ZodIssue;

/** Of a union the branch that fits best: the one whose mistakes lie deepest, as that is what the author meant to write. */
function flatten(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branches = issue.errors.map((branch) =>
    branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue).flatMap(flatten),
  );
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map(({ path }) => path.length));
  return [...branches].sort((a, b) => depth(b) - depth(a))[0] ?? [issue];
}

interface Mistake {
  readonly offset: number;
  readonly text: string;
}

function describe(issue: Issue, source: ConfigText, tree: JsonNode, known: KeysAt): Mistake[] {
  const path = [...source.within, ...issue.path.map((key) => (typeof key === 'number' ? key : String(key)))];
  const name = nameOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const inside = issue.path.length === 0 ? '' : ` in ${name}`;
    return issue.keys.map((key) => ({
      offset: keyOffset(tree, [...path, key]),
      text: `unknown key "${key}"${inside}${didYouMean(key, known(issue.path))}`,
    }));
  }
  const node = findNodeAtLocation(tree, path);
  if (node) return [{ offset: node.offset, text: `${name} ${expectation(issue, plainValue(node))}` }];
  const around = findNodeAtLocation(tree, path.slice(0, -1));
  return [{ offset: around?.offset ?? 0, text: `${name} is missing` }];
}

/** `"overrides[0].files"`. */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the configuration';
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `"${text.replace(/^\./, '')}"`;
}

function expectation(issue: Issue, given: unknown): string {
  const got = `not ${JSON.stringify(given)}`;
  if (issue.code === 'invalid_value') {
    const hint = typeof given === 'string' ? didYouMean(given, issue.values.map(String)) : '';
    return `must be one of ${issue.values.map(String).join(', ')}, ${got}${hint}`;
  }
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}, ${got}`;
  if (issue.code === 'custom') return issue.message;
  return `is wrong: ${issue.message} (${got})`;
}

function article(type: string): string {
  return type === 'record' ? 'an object' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function keyOffset(tree: JsonNode, path: JSONPath): number {
  return findNodeAtLocation(tree, path)?.parent?.offset ?? 0;
}

function plainValue(node: JsonNode): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children: [key, value] = [] }) => [String(key?.value), value && plainValue(value)]),
  );
}

function syntaxMistake(text: string, error: ParseError | undefined): string {
  if (!error || text.trim() === '') return 'the file is empty; write {} for the defaults';
  const words = printParseErrorCode(error.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return `this is not JSON with comments (${words})`;
}

function failure({ file, text }: ConfigText, found: readonly Mistake[]): Failure {
  const starts = lineStartsOf(text);
  const mistakes = found.map((mistake) => ({ ...positionAt(starts, mistake.offset), message: mistake.text }));
  const lines = mistakes.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  return new Failure(lines.join('\n'), mistakes);
}

import type { EditableWorkspace } from './editableWorkspace.ts';
import { seededRandom } from './seededRandom.ts';

/** An edit that was made: in words, and the paths to announce. */
export interface MadeEdit {
  readonly what: string;
  readonly paths: readonly string[];
}

/**
 * Makes one edit after another as people and their editors do: lines typed, doubled, moved and taken out, names changed, code left half
 * written, texts put back, files made, renamed and deleted, schemas changed.
 */
export function randomEdits(workspace: EditableWorkspace, seed: number): () => MadeEdit {
  const { below, pick } = seededRandom(seed);
  const first = new Map(workspace.files().map((path) => [path, workspace.read(path) ?? '']));
  const undo: { readonly path: string; readonly text: string }[] = [];
  let last: string | null = null;

  /** Mostly the file edited last, as when somebody types. */
  function someFile(): string {
    const files = workspace.files();
    const sources = files.filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.includes('/generated/'));
    const schemas = files.filter((path) => path.endsWith('.prisma'));
    if (last !== null && files.includes(last) && below(3) > 0) return last;
    last = pick(below(12) === 0 ? schemas : sources);
    return last;
  }

  function write(path: string, text: string, what: string): MadeEdit {
    undo.push({ path, text: workspace.read(path) ?? '' });
    workspace.write(path, text);
    return { what: `${path}: ${what}`, paths: [path] };
  }

  function inLines(what: string, change: (lines: string[], at: number) => readonly string[]): MadeEdit {
    const path = someFile();
    const lines = (workspace.read(path) ?? '').split('\n');
    const at = below(lines.length);
    return write(path, change(lines, at).join('\n'), `${what} at line ${at + 1}`);
  }

  const insertLine = () => {
    const line = below(2) === 0 ? pick(LINES) : pick((workspace.read(someFile()) ?? '').split('\n'));
    return inLines(`insert "${line}"`, (lines, at) => lines.toSpliced(at, 0, line));
  };
  const deleteLine = () => inLines('delete', (lines, at) => lines.toSpliced(at, 1 + below(2)));
  const breakLine = () => inLines('break', (lines, at) => lines.with(at, (lines[at] ?? '').slice(0, below(20))));
  const moveLine = () =>
    inLines('move', (lines, at) => lines.toSpliced(at, 1).toSpliced(below(lines.length), 0, lines[at] ?? ''));
  /** To a name of this file or one beside it, so that it often leads somewhere else. */
  const rename = () =>
    inLines('rename', (lines, at) => {
      const folder = last?.slice(0, last.lastIndexOf('/')) ?? '';
      const near = workspace.files().filter((path) => path.startsWith(folder));
      const names =
        (workspace.read(below(2) === 0 ? pick(near) : (last ?? '')) ?? '').match(/\b[A-Za-z]\w{2,}\b/g) ?? [];
      const words = [...(lines[at] ?? '').matchAll(/\b[A-Za-z]\w+\b/g)];
      if (words.length === 0 || names.length === 0) return lines;
      const { 0: word, index } = pick(words);
      const line = lines[at] ?? '';
      return lines.with(at, line.slice(0, index) + pick(names) + line.slice(index + word.length));
    });

  function takeBack(): MadeEdit {
    const before = undo.pop();
    if (!before || !workspace.files().includes(before.path)) return insertLine();
    workspace.write(before.path, before.text);
    return { what: `${before.path}: undo`, paths: [before.path] };
  }

  function restore(): MadeEdit {
    const path = pick([...first.keys()]);
    return write(path, first.get(path) ?? '', 'restore');
  }

  function move(): MadeEdit {
    const path = someFile();
    const to = path.replace(/(\.\w+)$/, '2$1');
    workspace.write(to, workspace.read(path));
    workspace.write(path, null);
    return { what: `${path}: rename to ${to}`, paths: [path, to] };
  }

  function remove(): MadeEdit {
    const path = someFile();
    workspace.write(path, null);
    return { what: `${path}: delete`, paths: [path] };
  }

  function create(): MadeEdit {
    const path = someFile();
    return write(path.replace(/([\w-]+)(\.\w+)$/, '$1Copy$2'), workspace.read(path) ?? '', 'create');
  }

  const save = () => ({ what: 'save', paths: [someFile()] });
  const often = [
    insertLine,
    insertLine,
    deleteLine,
    breakLine,
    moveLine,
    rename,
    rename,
    rename,
    takeBack,
    takeBack,
    restore,
  ];
  return () => (below(10) > 0 ? pick(often)() : pick([save, move, remove, create, restore])());
}

const LINES = [
  '',
  '{',
  '}',
  'await prisma.user.findMany();',
  'const rows = await prisma.order.findMany({ where: { userId } });',
  'for (const id of ids) {',
  'return rows.map((row) => row.id);',
  'export const more = async (id: string) => prisma.user.findUnique({ where: { id } });',
  "import { prisma } from './db';",
  "import { more } from './more';",
  "export * from './db';",
  '// querylens-ignore-next-line n-plus-one -- known',
  '  @@index([userId])',
  "'use cache';",
];

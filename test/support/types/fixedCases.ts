import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyEdits } from '#analyzer/applyFixes.ts';
import type { Finding, Fix } from '#shared/finding.ts';
import { analyse } from '#test/support/analyse.ts';
import { projectFiles } from '#test/support/exampleParts.ts';
import type { RuleCase } from '#test/support/ruleCases.ts';
import { withClients } from './clientModules.ts';
import { type Complaint, compileCases } from './compile.ts';
import { generateClient } from './generatedClient.ts';

type Files = Readonly<Record<string, string>>;

/** A fix of an example, with the example's files before and after it. */
export interface FixedCase {
  readonly ruleCase: RuleCase;
  readonly finding: Finding;
  readonly fix: Fix;
  readonly before: Files;
  readonly after: Files;
}

/** Every fix that edits or creates something, over all findings of the examples. */
export async function fixedCases(ruleCases: readonly RuleCase[]): Promise<readonly FixedCase[]> {
  const found: FixedCase[] = [];
  for (const ruleCase of ruleCases) {
    const files = projectFiles(ruleCase.parts);
    const { findings } = await analyse(files);
    for (const finding of findings)
      for (const fix of finding.fixes)
        if (fix.edits.length + (fix.creates ?? []).length > 0)
          found.push({ ruleCase, finding, fix, before: files, after: filesAfter(files, fix) });
  }
  return found;
}

/** Type errors that are there after a fix and were not before, by fix; one compiler run over all of them. */
export function newTypeErrors(cases: readonly FixedCase[]): ReadonlyMap<FixedCase, readonly Complaint[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'querylens-types-')));
  try {
    const names = writeCases(folder, cases);
    const errors = Map.groupBy(compileCases(folder), ({ file }) => file.split('/').slice(0, 2).join('/'));
    const of = (files: Files) => (errors.get(`cases/${names.get(files)}`) ?? []).map(withoutFolder);
    return new Map(cases.map((each) => [each, added(of(each.before), of(each.after))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesAfter(files: Files, { edits, creates = [] }: Fix): Files {
  const changed = Object.entries(files).map(([file, text]) => {
    const own = edits.filter((edit) => edit.file === file);
    return [file, applyEdits(text, own)] as const;
  });
  return Object.fromEntries([...changed, ...creates.map(({ file, text }) => [file, text] as const)]);
}

/** Each state of an example's files in a folder of its own; names of the folders by files. */
function writeCases(folder: string, cases: readonly FixedCase[]): ReadonlyMap<Files, string> {
  const names = new Map<Files, string>();
  const clients = new Map<string, string>();
  for (const { before, after } of cases) {
    for (const files of [before, after]) {
      if (names.has(files)) continue;
      const name = `case${names.size}`;
      names.set(files, name);
      writeProject(join(folder, 'cases', name), files, clientOf(before));
    }
  }
  return names;

  function clientOf(files: Files): string {
    const schema = new Map(Object.entries(files).filter(([file]) => file.endsWith('.prisma')));
    const key = JSON.stringify([...schema]);
    const client = clients.get(key) ?? generateClient(join(folder, 'schemas', String(clients.size)), schema);
    clients.set(key, client);
    return client;
  }
}

function writeProject(folder: string, files: Files, client: string): void {
  for (const [file, text] of Object.entries(withClients(files))) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  mkdirSync(join(folder, 'node_modules/@prisma'), { recursive: true });
  symlinkSync(client, join(folder, 'node_modules/@prisma/client'));
}

/** Of two lists of errors those the second has more of; lines move and do not count. */
function added(before: readonly Complaint[], after: readonly Complaint[]): readonly Complaint[] {
  const left = [...before];
  return after.filter((error) => {
    const at = left.findIndex(({ file, message }) => file === error.file && message === error.message);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function withoutFolder({ file, line, message }: Complaint): Complaint {
  const inside = (text: string) => text.replace(/([^"'\s]*\/)?cases\/case\d+\//g, '');
  return { file: inside(file), line, message: inside(message) };
}

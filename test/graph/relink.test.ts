import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGraphBuilder } from '#graph/buildGraph.ts';
import { createModuleResolver } from '#graph/modules/moduleResolution.ts';
import type { ProjectGraph } from '#graph/projectGraph.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { extractFacts } from '#syntax/extractFacts.ts';
import { projectFiles } from '#test/support/exampleParts.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';

const SERVICE = `import { prisma } from './db';
import { label } from './label';
export async function titles(ids: number[]) {
  const posts = await prisma.post.findMany({ where: { id: { in: ids } } });
  return posts.map((post) => label(post.title));
}
`;
const ROUTE = `import { titles } from './service';
export async function GET() {
  return Response.json(await titles([1]));
}
`;
const FILES = {
  'src/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  'src/label.ts': 'export const label = (text: string) => text.trim();\n',
  'src/service.ts': SERVICE,
  'src/jobs/count.ts': 'export const count = (of) => of.post.count();\n',
  'src/jobs/run.ts': `import stripe from 'stripe';
import { prisma } from '../db';
import { count } from './count';
export const run = () => count(prisma);
export const other = () => stripe.charges;
`,
  'src/app/a/route.ts': ROUTE.replace('./service', '../../service'),
  'src/app/b/route.ts': ROUTE.replace('./service', '../../service'),
};

/** Builds the graph before and after an edit; gives both with the number of files looked at for the second. */
function edited(path: keyof typeof FILES, text: string, between: (graph: ProjectGraph) => void = () => undefined) {
  const files = projectFiles(Object.entries(FILES).map(([file, given]) => part(file, given)));
  const workspace = memoryWorkspace(files);
  const { schemas } = loadSchemas(workspace);
  const resolver = createModuleResolver(workspace);
  const before = new Map(Object.entries(FILES).map(([file, given]) => [file, extractFacts(file, given)]));
  const after = new Map([...before, [path, extractFacts(path, text)] as const]);
  const builder = createGraphBuilder();
  const first = finished(builder.build({ files: before, schemas, workspace, resolver }));
  between(first.graph);
  const second = finished(builder.build({ files: after, schemas, workspace, resolver }));
  return { before: first.graph, after: second.graph, steps: second.steps };
}

function part(file: string, text: string) {
  return { file, header: null, text, expectations: [], measured: [] };
}

function finished(steps: Generator<void, ProjectGraph>): { readonly graph: ProjectGraph; readonly steps: number } {
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done) return { graph: step.value, steps: count };
  }
}

/** Calls, queries and edges: each file takes three steps. */
const ONE_FILE = 3;

describe('after an edit', () => {
  it('inside a body, no other file is linked', () => {
    const { before, after, steps } = edited(
      'src/service.ts',
      SERVICE.replace('  const posts', '  const at = 1;\n  const posts'),
    );
    assert.equal(steps, ONE_FILE);
    const callers = after.sites.flatMap((site) => after.callers(site.function.id).map(({ from }) => from));
    assert.deepEqual(callers.sort(), ['src/jobs/run.ts#1', 'src/app/a/route.ts#1', 'src/app/b/route.ts#1'].sort());
    for (const [at, site] of after.sites.entries())
      assert.equal(site !== before.sites[at], site.file === 'src/service.ts', site.file);
  });

  it('of what a call hands over, no other file is linked where nobody asked for it', () => {
    const { steps } = edited('src/app/a/route.ts', FILES['src/app/a/route.ts'].replace('[1]', '[1, 2]'));
    assert.equal(steps, ONE_FILE);
  });

  it('of a name others import, they are linked too', () => {
    const { after, steps } = edited('src/service.ts', SERVICE.replace('titles', 'names'));
    assert.equal(steps, 3 * ONE_FILE);
    assert.deepEqual(after.targets('src/app/a/route.ts', 1), []);
  });

  it('of what a call hands over, the function that asked is linked', () => {
    const { before, after } = edited(
      'src/jobs/run.ts',
      FILES['src/jobs/run.ts'].replace('count(prisma', 'count(stripe'),
    );
    const counts = (graph: ProjectGraph) => graph.sites.filter(({ operation }) => operation === 'count').length;
    assert.deepEqual([counts(before), counts(after)], [1, 0]);
  });

  it('things of files it does not concern are the same objects', () => {
    const { before, after } = edited('src/label.ts', 'export const label = (text: string) => text;\n');
    assert.deepEqual(after.sites, before.sites);
    for (const [at, site] of after.sites.entries()) assert.equal(site, before.sites[at]);
    for (const [at, entry] of after.entryPoints.entries()) assert.equal(entry, before.entryPoints[at]);
  });
});

describe('what is remembered about a query', () => {
  const asked = (path: keyof typeof FILES, text: string): number => {
    let asks = 0;
    const ask = (graph: ProjectGraph) => {
      for (const site of graph.sites.filter(({ file }) => file === 'src/service.ts'))
        graph.remember(site, 'callers', () => {
          asks++;
          return graph.callers(site.function.id).map(({ from }) => graph.function(from).fact.name);
        });
    };
    ask(edited(path, text, ask).after);
    return asks;
  };

  it('is not asked again after an edit of something else', () =>
    assert.equal(asked('src/label.ts', 'export const label = (text: string) => text;\n'), 1));

  it('is asked again after an edit of what it looked at', () =>
    assert.equal(asked('src/app/a/route.ts', `// moved\n${FILES['src/app/a/route.ts']}`), 2));

  it('is asked again where a file that did not change leads elsewhere', () => {
    const route = 'src/app/a/route.ts';
    const callees = (graph: ProjectGraph) =>
      graph.entryPoints
        .filter(({ file }) => file === route)
        .map((entry) => graph.remember(entry, 'callees', () => graph.callees(entry.handler.id).length));
    const { before, after } = edited('src/service.ts', SERVICE.replace('titles', 'names'), callees);
    assert.deepEqual([callees(before), callees(after)], [[1], [0]]);
  });
});

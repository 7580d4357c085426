import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingTree, GROUPINGS, type Grouping, type TreeNode } from '#client/list/findingTree.ts';
import { findingLine, findingTooltip, shortMessage, spokenFinding } from '#client/list/findingWords.ts';
import type { FolderState } from '#client/state/projectState.ts';
import type { Finding } from '#shared/finding.ts';
import { folder, listed } from './support.ts';

/** The tree as a person sees it: one line a node, indented. */
function drawn(nodes: readonly TreeNode[], grouping: Grouping, indent = ''): readonly string[] {
  return nodes.flatMap((node) =>
    node.kind === 'finding'
      ? [`${indent}${lineOf(node.listed.finding, grouping)}`]
      : [`${indent}${`${node.label} ${node.detail}`.trim()}`, ...drawn(node.children, grouping, `${indent}  `)],
  );
}

function lineOf(finding: Finding, grouping: Grouping): string {
  const { label, detail } = findingLine(finding, grouping);
  return `${label} (${detail})`;
}

function check(folders: readonly FolderState[], grouping: Grouping, expected: string): void {
  assert.equal(drawn(findingTree(folders, grouping), grouping).join('\n'), expected.trim().replace(/^ {4}/gm, ''));
}

const shop = folder('shop', {
  findings: [
    listed({ file: 'prisma/schema.prisma', line: 9, rule: 'missing-index', message: 'No index begins with `userId`.' }),
    listed({ file: 'src/a.ts', line: 2, severity: 'hint', proof: 'pattern', rule: 'uncached-route' }, ['GET /a']),
    listed({ file: 'src/a.ts', line: 7 }, ['GET /b', 'GET /a']),
    listed({ file: 'main.ts', line: 1 }, ['GET /b']),
  ],
});

describe('the list of findings', () => {
  test('by rule, the loudest and longest first', () => {
    check(
      [shop],
      'rule',
      `
    n-plus-one 2
      a.ts src
        Order.findMany runs once per element of users (line 7)
      main.ts
        Order.findMany runs once per element of users (line 1)
    missing-index 1
      schema.prisma prisma
        No index begins with userId (line 9)
    uncached-route 1
      a.ts src
        Order.findMany runs once per element of users (line 2)`,
    );
  });

  test('by proof, the strongest first', () => {
    check(
      [shop],
      'proof',
      `
    Code and schema 3
      schema.prisma prisma
        missing-index (No index begins with userId)
      a.ts src
        n-plus-one (Order.findMany runs once per element of users)
      main.ts
        n-plus-one (Order.findMany runs once per element of users)
    Shape of the code 1
      a.ts src
        uncached-route (Order.findMany runs once per element of users)`,
    );
  });

  test('by route, a finding under each route that reaches it, those of no route last', () => {
    check(
      [shop],
      'route',
      `
    GET /a 2
      a.ts src
        uncached-route (Order.findMany runs once per element of users)
        n-plus-one (Order.findMany runs once per element of users)
    GET /b 2
      a.ts src
        n-plus-one (Order.findMany runs once per element of users)
      main.ts
        n-plus-one (Order.findMany runs once per element of users)
    Not reached from a route 1
      schema.prisma prisma
        missing-index (No index begins with userId)`,
    );
  });

  test('with a level of folders only where there are several, without those that have nothing', () => {
    const api = folder('api', { findings: [listed({})] });
    check(
      [api, folder('docs')],
      'rule',
      `
    api 1
      n-plus-one 1
        orders.ts src
          Order.findMany runs once per element of users (line 3)`,
    );
    assert.deepEqual(findingTree([folder('docs')], 'rule'), []);
  });

  for (const grouping of GROUPINGS) {
    test(`by ${grouping} no two lines have the same id, and ids stay when the list grows`, () => {
      const grown = { ...shop, findings: [listed({ file: 'src/new.ts' }, ['GET /a']), ...shop.findings] };
      const ids = allIds(findingTree([shop], grouping));
      assert.equal(new Set(ids).size, ids.length);
      const after = new Set(allIds(findingTree([grown], grouping)));
      assert.deepEqual(
        ids.filter((id) => !after.has(id)),
        [],
      );
    });
  }
});

function allIds(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.flatMap((node) => [node.id, ...(node.kind === 'finding' ? [] : allIds(node.children))]);
}

describe('the words of a finding', () => {
  const short: readonly (readonly [message: string, label: string])[] = [
    ['`User.findMany` reads all rows. Time grows.', 'User.findMany reads all rows'],
    ['`a.b. C` is called. `x` waits.', 'a.b. C is called'],
    ['`A.b` runs once per element of `late`. 100 elements wait.', 'A.b runs once per element of late'],
    ['One sentence without an end', 'One sentence without an end'],
    ['It reads e.g. many rows. `take` helps.', 'It reads e.g. many rows'],
    ['`GET /a` reads up to 1.5 MB. Stop.', 'GET /a reads up to 1.5 MB'],
    ['', ''],
  ];
  for (const [message, label] of short) {
    test(`'${message}' is shown as '${label}'`, () => assert.equal(shortMessage({ message }), label));
  }

  test('the tooltip holds message, proof, places and routes', () => {
    const related = [{ file: 'src/my_loop.ts', line: 4, column: 1, endLine: 4, endColumn: 9, message: 'the loop' }];
    const routes = ['GET /1', 'GET /2', 'GET /3', 'GET /4', 'GET /5', 'GET /6'];
    const tooltip = findingTooltip(listed({ related }, routes));
    for (const part of [
      '**n-plus-one** (warning)',
      'Do it once.',
      'The code and the schema show it.',
      'src/my\\_loop.ts:4 the loop',
      'GET /5',
      'and 1 more',
    ])
      assert.ok(tooltip.includes(part), part);
    assert.ok(!tooltip.includes('GET /6'));
  });

  test('a screen reader hears what the icon and the grey text show', () => {
    assert.equal(
      spokenFinding(listed({}).finding),
      'warning, n-plus-one: Order.findMany runs once per element of users, src/orders.ts, line 3',
    );
  });
});

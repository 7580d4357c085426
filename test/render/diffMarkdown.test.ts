import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diffMarkdown } from '#render/report/diffMarkdown.ts';
import type { ReportDiff, RouteChange } from '#shared/reportDiff.ts';
import { madeUpFinding } from '#test/support/madeUpFinding.ts';

const EMPTY: ReportDiff = {
  ...{ version: 1, base: '0123456789', passes: true, unchanged: 3 },
  ...{ fresh: [], fixed: [], routes: [], queries: [], crossed: [] },
};
const AROUND = { project: '', linkOf: () => null };

const route = (at: number): RouteChange => ({
  ...{ name: `GET /${at}`, change: 'changed', before: '1', after: '1 + N', file: 'src/app.ts', line: at, column: 1 },
  letters: [{ letter: 'N', of: 'posts', most: 20, file: 'src/app.ts', line: at, column: 1 }],
});

describe('the text of a comment', () => {
  test('opens what fails and folds what does not', () => {
    const loud = madeUpFinding({ id: 'a', message: 'It runs `per <row>` | often.' });
    const quiet = madeUpFinding({ id: 'b', severity: 'hint' });
    const text = diffMarkdown({ ...EMPTY, passes: false, fresh: [loud, quiet], routes: [route(7)] }, AROUND);
    assert.equal(
      text,
      `<!-- querylens diff -->

## Querylens fails: 1 warning, 1 hint new, cost of 1 route changed

Against \`0123456789\`: 3 findings as before.

### New

| severity | rule | place | message |
|---|---|---|---|
| warning | n-plus-one | \`src/a.ts:1\` | It runs \`per <row>\` \\| often. |

<details>
<summary>Proof and what to do</summary>

**n-plus-one** at \`src/a.ts:1\`

- Proof: the code and the schema show it

</details>

### What requests cost

| route | before | now | where | place |
|---|---|---|---|---|
| \`GET /7\` | 1 | 1 + N | N: posts, at most 20 | \`src/app.ts:7\` |

<details>
<summary>1 hint new</summary>

| severity | rule | place | message |
|---|---|---|---|
| hint | n-plus-one | \`src/a.ts:1\` | It repeats. |

</details>
`,
    );
  });

  test('says what routes that came and went cost', () => {
    const came: RouteChange = { ...route(1), change: 'added', before: null };
    const went: RouteChange = { ...route(2), change: 'removed', after: null, letters: [] };
    const uncounted: RouteChange = { ...route(3), after: null, letters: [] };
    const text = diffMarkdown({ ...EMPTY, routes: [came, went, uncounted] }, AROUND);
    assert.match(text, /^## Querylens passes: cost of 3 routes changed$/m);
    assert.match(text, /\| `GET \/1` \| {2}\| 1 \+ N \|/);
    assert.match(text, /\| `GET \/2` \| 1 \| gone \|/);
    assert.match(text, /\| `GET \/3` \| 1 \| cannot be counted \|/);
  });

  const lengths: readonly (readonly [findings: number, routes: number, characters: number])[] = [
    [150, 10, 40],
    [5000, 3000, 400],
    [3, 1, 70_000],
  ];
  for (const [findings, routes, characters] of lengths)
    test(`fits into a comment with ${findings} findings of ${characters} characters`, () => {
      const fresh = Array.from({ length: findings }, (_, at) =>
        madeUpFinding({ id: String(at), message: 'x'.repeat(characters) }),
      );
      const diff = { ...EMPTY, passes: false, fresh, routes: Array.from({ length: routes }, (_, at) => route(at)) };
      const text = diffMarkdown(diff, AROUND);
      assert.ok(text.length <= 65_536, String(text.length));
      const shown = text.match(/^\| warning \|/gm)?.length ?? 0;
      assert.match(text, new RegExp(`^And ${findings - shown} more\\.$`, 'm'));
      assert.match(text, /<\/details>\n|### What requests cost\n/);
    });
});

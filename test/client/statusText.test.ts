import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { INITIAL_STATE, type ProjectState, withServer } from '#client/state/projectState.ts';
import { statusText, TOOLTIP_COMMANDS } from '#client/status/statusText.ts';
import { folder, ready, running } from './support.ts';

const scanning = (filesDone: number, filesTotal: number | null) =>
  folder('shop', { status: { kind: 'scanning', filesDone, filesTotal } });

const cases: readonly (readonly [what: string, state: ProjectState, text: string, spoken: RegExp])[] = [
  ['a server that starts', INITIAL_STATE, '$(loading~spin) Querylens', /starting/],
  ['a scan of unknown length', running(scanning(3, null)), '$(loading~spin) Querylens', /reading the project$/],
  ['a scan', running(scanning(1, 3)), '$(loading~spin) Querylens 33%', /33 % done/],
  ['an empty scan', running(scanning(0, 0)), '$(loading~spin) Querylens', /reading the project$/],
  ['two scans', running(scanning(1, 3), scanning(1, 1)), '$(loading~spin) Querylens 50%', /50 % done/],
  ['a scan beside a result', running(scanning(1, 2), folder('api')), '$(loading~spin) Querylens 50%', /50 % done/],
  ['no findings', running(folder('shop')), '$(check) Querylens', /no findings; 7 of 8 queries understood/],
  [
    'errors',
    running(folder('shop', { status: ready({ error: 1, warning: 2 }) })),
    '$(error) Querylens 3',
    /1 error, 2 warnings/,
  ],
  ['hints', running(folder('shop', { status: ready({ hint: 4 }) })), '$(info) Querylens 4', /4 hints/],
  [
    'two folders',
    running(folder('shop', { status: ready({ warning: 2 }) }), folder('api', { status: ready({ info: 1 }) })),
    '$(warning) Querylens 3',
    /2 warnings, 1 info; 14 of 16 queries/,
  ],
  [
    'a folder without a schema beside another',
    running(folder('docs', { status: { kind: 'no-schema' } }), folder('shop', { status: ready({ warning: 2 }) })),
    '$(warning) Querylens 2',
    /2 warnings/,
  ],
  [
    'no schema anywhere',
    running(folder('docs', { status: { kind: 'no-schema' } })),
    '$(circle-slash) Querylens',
    /no Prisma schema/,
  ],
  [
    'a failure',
    running(
      folder('shop', { status: { kind: 'failed', message: 'querylens.config.json:3: no such rule' } }),
      folder('api'),
    ),
    '$(error) Querylens',
    /no such rule/,
  ],
  [
    'that it is off',
    withServer(running(folder('shop')), { kind: 'off' }),
    '$(circle-slash) Querylens',
    /querylens\.enable/,
  ],
  [
    'a stop',
    withServer(running(folder('shop')), { kind: 'stopped', message: 'It fell.' }),
    '$(error) Querylens',
    /It fell\./,
  ],
];

describe('the status bar', () => {
  for (const [what, state, text, spoken] of cases) {
    test(`shows ${what}`, () => {
      const shown = statusText(state);
      assert.equal(shown.text, text);
      assert.match(shown.spoken, spoken);
    });
  }

  test('alarms only when somebody has to act', () => {
    const alarming = cases.filter(([, state]) => statusText(state).alarming).map(([what]) => what);
    assert.deepEqual(alarming, ['a failure', 'a stop']);
  });

  test('names each of several folders in the tooltip', () => {
    const state = running(
      folder('shop', { status: ready({ warning: 2 }) }),
      folder('my_api', { status: { kind: 'no-schema' } }),
    );
    assert.match(statusText(state).tooltip, /^- shop: 2 warnings; .*\n- my\\_api: no Prisma schema$/m);
    assert.doesNotMatch(statusText(running(folder('shop'))).tooltip, /^- /m);
  });

  test('links only to commands it may run', () => {
    for (const [, state] of cases) {
      const linked = [...statusText(state).tooltip.matchAll(/\(command:([\w.]+)\)/g)].map(([, id = '']) => id);
      assert.deepEqual(
        linked.filter((id) => !TOOLTIP_COMMANDS.includes(id)),
        [],
      );
      assert.notEqual(linked.length, 0);
    }
  });

  test('shows a message of the project as text, whatever it holds', () => {
    const state = running(folder('shop', { status: { kind: 'failed', message: '[x](command:evil) $(bug) <b>' } }));
    assert.ok(statusText(state).tooltip.includes('\\[x\\]\\(command:evil\\) \\$\\(bug\\) \\<b\\>'));
  });
});

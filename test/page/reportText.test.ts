import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { unpacked } from '#page/reportText.ts';
import { reportHtml } from '#render/report/reportHtml.ts';

const PROGRAM = { script: 'draw()', style: 'p{}' };

/** What a page reads out of itself. */
async function readBack(html: string): Promise<unknown> {
  const [, encoding = null, text = ''] =
    /<script type="application\/json" id="report"(?: data-encoding="(\w+)")?>([^<]*)<\/script>/.exec(html) ?? [];
  return JSON.parse(await unpacked(text, encoding));
}

describe('a report in a page', () => {
  const check = (name: string, report: unknown): void => {
    test(`reads back ${name}`, async () => {
      assert.deepEqual(await readBack(reportHtml(JSON.stringify(report), PROGRAM)), report);
    });
  };
  check('what would be markup', { file: '</script><script>alert(1)</script><!-- <img> \u2028 &lt; ü' });
  check('what is so long that it is packed', { files: Array.from({ length: 30_000 }, (_, i) => `ü</script>${i}`) });

  test('lets nothing run and nothing be asked for but what is in it', () => {
    const html = reportHtml('{}', PROGRAM);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const hash = createHash('sha256').update(PROGRAM.script).digest('base64');
    assert.match(policy, /^default-src 'none'; /);
    assert.ok(policy.includes(`script-src 'sha256-${hash}';`), policy);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  });
});

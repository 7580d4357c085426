import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** The browser's part of a report, built from `client/page`. */
export interface PageProgram {
  readonly script: string;
  readonly style: string;
}

/** The program out of its files, beside the server's code. */
export function pageProgram(read: (name: string) => string): PageProgram {
  return { script: read('report-page.js'), style: read('report-page.css') };
}

/** A page that draws a report, given as JSON, out of itself: it asks no network for anything, and its policy lets nothing run but what is in it. */
export function reportHtml(json: string, { script, style }: PageProgram): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Querylens: performance report</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript>This report is drawn by a script, which this browser was told not to run.</noscript></div>
${reportData(json)}
<script>${script}</script>
</body>
</html>
`;
}

/** Above this many characters a report is packed: one of thousands of queries would weigh megabytes. */
const PLAIN_CHARACTERS = 300_000;

/** The report in an element that is data to a browser, whatever stands in it. */
function reportData(json: string): string {
  return json.length > PLAIN_CHARACTERS
    ? `<script type="application/json" id="report" data-encoding="gzip">${gzipSync(json).toString('base64')}</script>`
    : `<script type="application/json" id="report">${json.replaceAll('<', '\\u003c')}</script>`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

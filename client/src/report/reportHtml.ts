/** What the page of a report is made of: addresses as the page may ask for them. */
export interface ReportParts {
  readonly script: string;
  readonly style: string;
  /** Where styles and fonts of the page may come from, as the editor writes it. */
  readonly source: string;
  /** New for each page. */
  readonly nonce: string;
}

/** A page that waits for its report; nothing runs in it but its own program. */
export function reportHtml({ script, style, source, nonce }: ReportParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Performance report</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="page"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}

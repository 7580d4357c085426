import type { Finding } from '#shared/finding.ts';
import type { MeasurementDetail } from '#shared/measurement.ts';
import type { IndexView, SiteView } from '#shared/siteView.ts';
import { proofText } from '#words/proofText.ts';
import { measuredDetail, measuredText } from './measuredHover.ts';
import { nameList, operationText } from './operationText.ts';

/** Where a hover's links lead; null where the editor has nothing to open. */
export interface HoverLinks {
  page(rule: string): string | null;
  place(at: { readonly file: string; readonly line: number }): string | null;
  /** Set where the editor shows the diagnostics of a place in the same hover: what they say is not said twice. */
  readonly besideDiagnostics?: boolean;
}

/** What is known only where somebody looks closely. */
export interface LookedUp {
  /** The SQL as `sqlHover` tells it. */
  readonly sql?: string;
  readonly detail?: MeasurementDetail | null;
  /** In milliseconds since 1970, for `2 h ago`. */
  readonly now?: number;
}

/** Everything known of a query, as Markdown: what it does, what was measured, what is wrong, the SQL, what becomes of its result, what serves it, how its times are spread. */
export function siteHover(
  view: SiteView,
  links: HoverLinks,
  { sql = '', detail = null, now = Date.now() }: LookedUp = {},
): string {
  const facts = [usageText(view), indexText(view, links)].filter((text) => text !== '');
  const findings = view.findings.map((finding) => findingSection(finding, links, isElsewhere(finding, view)));
  const sections = [
    [operationText(view), measuredText(view, now)].filter((text) => text !== '').join('\n\n'),
    ...(links.besideDiagnostics ? [sql, ...findings] : [...findings, sql]),
    facts.join('\n\n'),
    detail ? measuredDetail(detail, now) : '',
  ];
  return sections.filter((text) => text !== '').join('\n\n---\n\n');
}

/** Findings where no query stands: at a route, or in a schema. */
export function findingsHover(findings: readonly Finding[], links: HoverLinks): string {
  return findings.map((finding) => findingSection(finding, links, false)).join('\n\n---\n\n');
}

const SEVERITY = { error: 'Error', warning: 'Warning', info: 'Info', hint: 'Hint' } as const;

function findingSection(finding: Finding, links: HoverLinks, elsewhere: boolean): string {
  const at = elsewhere ? `, reported at ${link(placeName(finding), links.place(finding))}` : '';
  const head = `**${SEVERITY[finding.severity]}: ${link(finding.rule, links.page(finding.rule))}** (${proofText(finding.proof)}${at})`;
  const titles = finding.fixes
    .filter(({ edits, creates = [] }) => edits.length + creates.length > 0)
    .map(({ title }) => title);
  const fixes = titles.length === 0 ? [] : [`Quick fix: ${titles.join('; ')}.`];
  const message = links.besideDiagnostics && !elsewhere ? [] : [finding.message];
  return [head, ...message, ...fixes].join('\n\n');
}

function isElsewhere({ file, line }: Finding, view: SiteView): boolean {
  return file !== view.file || line !== view.line;
}

function placeName({ file, line }: Finding): string {
  return `\`${file}:${line}\``;
}

function usageText({ usage: { read, unread } }: SiteView): string {
  const parts = [
    read && read.length > 0 ? `Reads ${nameList(read)} of the result.` : '',
    unread && unread.length > 0 ? `Never reads ${nameList(unread)}.` : '',
    read && read.length > 0 && unread?.length === 0 ? 'Everything it brings is read.' : '',
  ];
  return parts.filter((text) => text !== '').join(' ');
}

function indexText({ lookup, servedBy }: SiteView, links: HoverLinks): string {
  const [best, ...others] = servedBy;
  if (lookup.length === 0) return '';
  const by = `Looks up by ${nameList(lookup)}`;
  if (!best) return `${by}; no index begins with ${lookup.length === 1 ? 'it' : 'any of them'}.`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${by}; served by ${indexName(best, links)}${more}.`;
}

const KIND = { id: 'the primary key', unique: 'the unique key', index: 'the index' } as const;

function indexName({ kind, fields, at }: IndexView, links: HoverLinks): string {
  return `${KIND[kind]} ${link(`\`${fields.join(', ')}\``, at && links.place(at))}`;
}

function link(text: string, target: string | null): string {
  return target === null ? text : `[${text}](${target})`;
}

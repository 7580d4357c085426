import type { Finding } from '#shared/finding.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { seenLines } from './seenLines.ts';

/** A suite per file and a case per finding; errors and warnings fail, quieter findings pass and speak in `system-out`. */
export function junit(report: LintReport): string {
  const files = [...new Set(report.findings.map(({ file }) => file))];
  const suites = files.map((file) => suite(report, file));
  const all = suites.length > 0 ? suites : [passingSuite()];
  const failures = report.findings.filter(fails).length;
  const tests = Math.max(1, report.findings.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="querylens" tests="${tests}" failures="${failures}" errors="0">`,
    ...all,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(report: LintReport, file: string): string {
  const findings = report.findings.filter((finding) => finding.file === file);
  const name = escapeXml(fromHere(report, file));
  const failures = findings.filter(fails).length;
  return [
    `  <testsuite name="${name}" tests="${findings.length}" failures="${failures}" errors="0" skipped="0">`,
    ...findings.map((finding) => testCase(finding, name)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(finding: Finding, name: string): string {
  const { rule, message, line, column, severity, related } = finding;
  const details = [message, ...seenLines(finding), ...related.map((at) => `${at.file}:${at.line} ${at.message}`)]
    .map(escapeXml)
    .join('\n');
  const body = fails(finding)
    ? `<failure message="${escapeXml(message)}" type="${severity}">${details}</failure>`
    : `<system-out>${severity}: ${details}</system-out>`;
  return `    <testcase name="${escapeXml(rule)} at ${line}:${column}" classname="${name}">\n      ${body}\n    </testcase>`;
}

function passingSuite(): string {
  return [
    '  <testsuite name="querylens" tests="1" failures="0" errors="0" skipped="0">',
    '    <testcase name="no findings" classname="querylens"/>',
    '  </testsuite>',
  ].join('\n');
}

function fails({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Escapes for text and attributes and drops what XML 1.0 cannot hold. */
function escapeXml(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[&<>"\r\n]/g, (char) => ENTITIES[char] ?? '');
}

import { isLoud } from '#render/count.ts';
import type { Finding } from '#shared/finding.ts';
import { fromHere, type LintReport } from '../lintReport.ts';
import { seenLines } from './seenLines.ts';

/** A suite per file and a case per finding; errors and warnings fail, quieter findings pass and speak in `system-out`. */
export function junit(report: LintReport): string {
  const files = [...new Set(report.findings.map(({ file }) => file))];
  const suites = files.map((file) => suite(report, file));
  const all = suites.length > 0 ? suites : [passingSuite()];
  const failures = report.findings.filter(isLoud).length;
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
  const failures = findings.filter(isLoud).length;
  return [
    `  <testsuite name="${name}" tests="${findings.length}" failures="${failures}" errors="0" skipped="0">`,
    ...findings.map((finding) => testCase(finding, report)),
    '  </testsuite>',
  ].join('\n');
}

function testCase(finding: Finding, report: LintReport): string {
  const { rule, message, file, line, column, severity, related } = finding;
  const places = related.map((at) => `${fromHere(report, at.file)}:${at.line} ${at.message}`);
  const details = [message, ...seenLines(finding), ...places].map(escapeXml).join('\n');
  const body = isLoud(finding)
    ? `<failure message="${escapeXml(message)}" type="${severity}">${details}</failure>`
    : `<system-out>${severity}: ${details}</system-out>`;
  const name = escapeXml(fromHere(report, file));
  return `    <testcase name="${escapeXml(rule)} at ${line}:${column}" classname="${name}">\n      ${body}\n    </testcase>`;
}

function passingSuite(): string {
  return [
    '  <testsuite name="querylens" tests="1" failures="0" errors="0" skipped="0">',
    '    <testcase name="no findings" classname="querylens"/>',
    '  </testsuite>',
  ].join('\n');
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

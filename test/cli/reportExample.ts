import type { LintReport } from '#cli/lintReport.ts';
import type { Finding } from '#shared/finding.ts';
import type { Measurement } from '#shared/measurement.ts';

const TEXT = 'const rows = await prisma.post.findMany();\nfor (const row of rows) await prisma.user.findFirst();\n';

const loop: Finding = {
  ...{ id: '0123456789abcdef', rule: 'n-plus-one', severity: 'warning', proof: 'schema' },
  message: 'It says "50 %" <here> & there: one, two.\nSecond line.',
  ...{ file: 'src/a b/[id],x:y.ts', line: 2, column: 31, endLine: 2, endColumn: 52 },
  ...{ model: 'User', operation: 'findFirst', columns: ['id'], measurement: null, docs: 'docs/rules.md#n-plus-one' },
  related: [{ file: 'src/a b/[id],x:y.ts', line: 2, column: 1, endLine: 2, endColumn: 25, message: 'the loop' }],
  fixes: [
    {
      title: 'Take 100',
      safety: 'review',
      edits: [{ file: 'src/a b/[id],x:y.ts', span: { start: 40, end: 40 }, newText: '{ take: 100 }' }],
    },
  ],
};

const severities: readonly Finding[] = (['error', 'info', 'hint'] as const).map((severity, index) => ({
  ...{ ...loop, id: `${index}`.repeat(16), severity, rule: 'unused-ignore', file: 'src/b.ts', line: index + 1 },
  ...{ endLine: index + 2, column: 1, endColumn: 1, model: null, operation: null, related: [], fixes: [], columns: [] },
}));

/** A report with everything in it that a format may trip over. */
export const FULL_REPORT: LintReport = {
  version: '1.2.3',
  findings: [loop, ...severities],
  problems: [
    { file: 'prisma/schema.prisma', line: 3, column: 2, message: 'This line is not valid: 100 %', kind: 'schema' },
    { file: '', line: null, column: null, message: 'rule x failed', kind: 'rule' },
  ],
  coverage: {
    ...{ files: 3, parsed: 2, queryCalls: 4, understood: 3 },
    unresolved: [{ file: 'src/b.ts', line: 9, reason: 'the model is chosen at run time' }],
  },
  suppressed: 1,
  measured: null,
  baseline: { accepted: 2, stale: [{ id: 'f'.repeat(16), rule: 'n-plus-one', file: 'src/gone.ts' }] },
  rules: [
    { id: 'n-plus-one', finds: 'Queries in loops.', why: 'They add up.', docs: 'docs/rules.md#n-plus-one' },
    { id: 'unused-ignore', finds: 'Comments.', why: 'They rot.', docs: 'docs/rules.md#unused-ignore' },
  ],
  stats: null,
  prefix: 'apps/web',
  read: (file) => (file === loop.file ? TEXT : null),
};

/** A report of a project with nothing to complain about. */
export const CLEAN_REPORT: LintReport = {
  ...FULL_REPORT,
  ...{ findings: [], problems: [], suppressed: 0, baseline: { accepted: 0, stale: [] }, prefix: '' },
  coverage: { files: 3, parsed: 2, queryCalls: 4, understood: 4, unresolved: [] },
};

const MEASUREMENT: Measurement = {
  ...{ match: 'shape', calls: 4120, meanMs: 40, maxMs: 900, p50Ms: 3, p95Ms: 212, p99Ms: 400, perRequest: 37 },
  ...{ perHour: 4120, lastSeen: Date.UTC(2026, 10, 20, 14) },
};

const { perHour: _, ...figures } = MEASUREMENT;

/** The same once measurements were joined: of two findings figures, of a third those of before its query was changed. */
export const MEASURED_REPORT: LintReport = {
  ...FULL_REPORT,
  findings: FULL_REPORT.findings.map((finding, at) => ({
    ...finding,
    ...(at === 0 ? { measurement: MEASUREMENT } : {}),
    ...(at === 1 ? { measurement: { ...MEASUREMENT, calls: 9000, p50Ms: null, p95Ms: null, p99Ms: null } } : {}),
    ...(at === 2 ? { former: { ...figures, commit: 'a1b2c3d' } } : {}),
  })),
  measured: { calls: 31, executions: 13_120, lastSeen: MEASUREMENT.lastSeen },
};

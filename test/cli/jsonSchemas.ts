import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { PerformanceReport } from '#shared/report.ts';
import type { ReportDiff } from '#shared/reportDiff.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const schema = (name: string): object => JSON.parse(readFileSync(join(DOCS, name), 'utf8'));

interface Published {
  readonly 'report.schema.json': PerformanceReport;
  readonly 'diff.schema.json': ReportDiff;
}

/** Fails unless a text is JSON as a published schema says; gives what is in it. */
export function parseBySchema<Name extends keyof Published>(name: Name, text: string): Published[Name] {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addSchema(schema('output.schema.json'), 'output.schema.json');
  const parsed: Published[Name] = JSON.parse(text);
  const isValid = ajv.compile(schema(name))(parsed);
  assert.ok(isValid, `${name} does not allow what is printed`);
  return parsed;
}

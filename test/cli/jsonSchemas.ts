import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { IndexAdvice, PerformanceReport } from '#shared/report.ts';
import type { ReportDiff } from '#shared/reportDiff.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const schema = (name: string): object => JSON.parse(readFileSync(join(DOCS, name), 'utf8'));

interface Published {
  readonly 'report.schema.json': PerformanceReport;
  readonly 'indexes.schema.json': IndexAdvice;
  readonly 'diff.schema.json': ReportDiff;
}

/** Those the others refer to. */
const OTHERS = ['output.schema.json', 'report.schema.json'];

/** Fails unless a text is JSON as a published schema says; gives what is in it. */
export function parseBySchema<Name extends keyof Published>(name: Name, text: string): Published[Name] {
  const ajv = new Ajv({ allErrors: true, strict: false });
  for (const other of OTHERS) if (other !== name) ajv.addSchema(schema(other), other);
  const parsed: Published[Name] = JSON.parse(text);
  const isValid = ajv.compile(schema(name))(parsed);
  assert.ok(isValid, `${name} does not allow what is printed`);
  return parsed;
}

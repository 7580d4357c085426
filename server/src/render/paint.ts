import { createColors } from 'picocolors';
import type { Severity } from '#shared/finding.ts';

/** Colours by meaning; the plain one gives every text back as it is. */
export interface Paint {
  severity(severity: Severity, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
}

export function createPaint(colours: boolean): Paint {
  const { red, yellow, blue, gray, bold, dim, green } = createColors(colours);
  const bySeverity = { error: red, warning: yellow, info: blue, hint: gray };
  return { severity: (severity, text) => bySeverity[severity](text), strong: bold, faint: dim, good: green };
}

export const PLAIN: Paint = createPaint(false);

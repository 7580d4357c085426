import type { Finding, RelatedPlace } from '#shared/finding.ts';
import { formerText, measurementText } from '#words/measurementText.ts';
import { proofText } from '#words/proofText.ts';
import { fixText } from './findingText.ts';
import { inlineMarkdown } from './markdown.ts';

/** What stands behind a finding and what to do, as a list; `placeOf` says a place in Markdown. */
export function findingDetails(finding: Finding, placeOf: (at: RelatedPlace) => string): string {
  const { proof, measurement, former, related, fixes } = finding;
  return [
    `- Proof: ${proofText(proof)}`,
    ...(measurement ? [`- Measured: ${measurementText(measurement)}`] : []),
    ...(former ? [`- Measured ${formerText(former)}`] : []),
    ...related.map((at) => `- See ${placeOf(at)}: ${inlineMarkdown(at.message)}`),
    ...fixes.map((fix) => `- Fix: ${inlineMarkdown(fixText(fix))}`),
  ].join('\n');
}

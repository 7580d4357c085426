import type { Finding } from '#shared/finding.ts';
import { formerText, measurementText } from '#words/measurementText.ts';

/** What was measured of a finding's call, for formats whose texts have lines; empty where nothing was. */
export function seenLines({ measurement, former }: Pick<Finding, 'measurement' | 'former'>): readonly string[] {
  return [
    ...(measurement ? [`measured: ${measurementText(measurement)}`] : []),
    ...(former ? [`measured ${formerText(former)}`] : []),
  ];
}

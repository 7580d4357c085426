import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packProbe } from '../../../scripts/package/probePackage.ts';

/** Puts the package, as it is published, where an application in `folder` finds it. */
export async function installProbe(folder: string): Promise<void> {
  const place = join(folder, 'node_modules/@querylens/probe');
  mkdirSync(dirname(place), { recursive: true });
  await packProbe(place);
}

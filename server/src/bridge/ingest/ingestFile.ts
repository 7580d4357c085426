import { headOf, openLog, readFrom } from '../openLog.ts';
import { DETECTION_LENGTH, type Ingested, ingestText } from './ingestText.ts';
import { resumeReading } from './resumeReading.ts';
import { type Broken, type IngestMeans, isBroken } from './textReading.ts';

/** What {@link ingestFile} needs, and has to say of the file. */
export interface FileMeans extends Omit<IngestMeans, 'anew'> {
  /** It is packed, and its end is missing. */
  readonly cutOff: () => void;
}

/** What became of a file; `overtaken` where others read on in it again and again. */
export type IngestedFile = Exclude<Ingested, Broken> | 'overtaken';

/** Others may read the same file at the same time: whoever is overtaken begins again behind them. */
const MOST_ATTEMPTS = 50;

/** Counts what was not counted before of a file, packed or not; one that grew is read from where it was left. */
export async function ingestFile(path: string, means: FileMeans): Promise<IngestedFile> {
  let before: Broken | null = null;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const ended = await attemptFile(path, means, before);
    if (!isBroken(ended)) return ended;
    before = ended;
  }
  return 'overtaken';
}

async function attemptFile(path: string, means: FileMeans, before: Broken | null): Promise<Ingested> {
  const resumed =
    before === null || before === 'overtaken' ? resumeReading(headOf(path, DETECTION_LENGTH), means) : null;
  if (!resumed) return ingestText(openLog(path, means.cutOff), { ...means, anew: before === 'other-text' });
  for await (const chunk of readFrom(path, resumed.position())) {
    resumed.push(chunk);
    if (resumed.broken() !== null) break;
    means.onProgress?.(resumed.position(), resumed.lines());
  }
  return resumed.end();
}

import type { FileFacts } from '#syntax/facts.ts';
import type { SecondThread } from './secondThread.ts';
import { type SharedWork, type Source, takeShare } from './sharedWork.ts';

/** Below so many characters handing work over costs more than it saves. */
const WORTH_SHARING = 400_000;

/** Facts of many files, in their order; shared with a second thread where there is one and that pays. */
export async function extractAll(
  sources: readonly Source[],
  second: SecondThread | null,
): Promise<readonly FileFacts[]> {
  if (sources.length === 0) return [];
  const { extractFacts } = await import('#syntax/extractFacts.ts');
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (!second || size < WORTH_SHARING) return sources.map(({ path, text }) => extractFacts(path, text));
  const bySize = [...sources].sort((a, b) => b.text.length - a.text.length);
  const work: SharedWork = { sources: bySize, next: new Int32Array(new SharedArrayBuffer(4)) };
  const helped = second.help(work);
  const own = takeShare(work, extractFacts);
  const taken = new Map([...own, ...(await helped)].map((facts) => [facts.path, facts]));
  return sources.map(({ path, text }) => taken.get(path) ?? extractFacts(path, text));
}

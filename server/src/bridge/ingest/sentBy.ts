import type { Attribution } from '../attribute/attribute.ts';
import type { Sender } from '../attribute/siteIndex.ts';

/** What is known of whose an execution was, for what stands before and after it to tell more; and what to make of what is left then. */
export interface SentBy {
  readonly options: readonly Sender[];
  /** `doubtful`: nothing shows that it was one of them. */
  readonly count: (options: readonly Sender[], doubtful: boolean) => void;
}

export function sentBy(attribution: Attribution, count: (whose: Attribution) => void): SentBy {
  const told = sendersOf(attribution);
  return {
    options: told,
    count: (options, doubtful) => {
      const [only] = options;
      const asBefore = options.length === told.length && only?.site === told[0]?.site;
      if (!only || (asBefore && !doubtful)) return count(attribution);
      if (options.length > 1 || doubtful)
        return count({ kind: 'ambiguous', candidates: options.map(({ site }) => site) });
      const begins = only.texts.some(({ part }) => part === 'first');
      count({ kind: 'site', match: 'shape', site: only.site, part: begins ? 'first' : 'further' });
    },
  };
}

function sendersOf(attribution: Attribution): readonly Sender[] {
  if (attribution.kind === 'ambiguous') return attribution.senders ?? [];
  if (attribution.kind !== 'site') return [];
  return [attribution.sender ?? { site: attribution.site, texts: [] }];
}

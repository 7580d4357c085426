import { plural } from '../words.ts';
import type { EvidenceOverview } from './evidenceOverview.ts';

/** What an item of the status bar shows; `tooltip` is plain text. */
export interface ItemWords {
  readonly text: string;
  readonly tooltip: string;
}

/** Null where no log is followed. */
export function watchingWords({ watching }: EvidenceOverview): ItemWords | null {
  if (watching === null) return null;
  if (watching.length === 0) return WAITING;
  const shown = watching.slice(0, MOST_SHOWN).map((path) => `  ${path}`);
  const more = watching.length - shown.length;
  return {
    text: `$(eye) ${plural(watching.length, 'log')}`,
    tooltip: [
      `Querylens counts what is appended to ${watching.length === 1 ? 'this log' : 'these logs'}:`,
      ...shown,
      ...(more > 0 ? [`  and ${more} more`] : []),
      'Click to stop watching.',
    ].join('\n'),
  };
}

/** Null where nothing listens. */
export function receivingWords({ receivers }: EvidenceOverview): ItemWords | null {
  if (receivers.length === 0) return null;
  return {
    text: `$(broadcast) ${receivers.map(hostOf).join(', ')}`,
    tooltip: `Querylens counts what applications send to ${receivers.join(' and ')}.\nClick to stop receiving.`,
  };
}

const WAITING: ItemWords = {
  text: '$(eye) logs',
  tooltip: 'Querylens waits for logs: there are none yet.\nClick to stop watching.',
};

const MOST_SHOWN = 10;

/** `127.0.0.1:4318`; the address itself where it is none. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

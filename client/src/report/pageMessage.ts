import type { OpenPlace, PageMessage } from '#shared/reportMessages.ts';

/** What a page said, null where it is nothing we know. */
export function pageMessage(value: unknown): PageMessage | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind === 'ready' || value.kind === 'refresh') return { kind: value.kind };
  return isOpenPlace(value) ? value : null;
}

function isOpenPlace(value: object): value is OpenPlace {
  return (
    'kind' in value &&
    value.kind === 'open' &&
    'file' in value &&
    typeof value.file === 'string' &&
    'line' in value &&
    isCount(value.line) &&
    'column' in value &&
    isCount(value.column)
  );
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}

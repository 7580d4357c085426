import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from letting garbage grow to several times of what is in use while a long log is read, for which little is kept for long. To be called when
 * the project is open, for which its memory may grow.
 */
export function keepHeapSteady(): void {
  // Collected when half as much again is there: 230 instead of 470 MB on a log of 200 MB, for a fifth more time.
  setFlagsFromString('--heap-growing-percent=50');
  setFlagsFromString('--semi-space-growth-factor=1');
}

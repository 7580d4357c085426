import { hourText } from '#words/quantities.ts';
import type { MeasuredSummary } from './lintReport.ts';

/** `measurements: 4,120 executions of 31 calls, last seen 20 Nov 2026, 14:00 UTC`. */
export function measuredLine({ calls, executions, lastSeen }: MeasuredSummary): string {
  if (lastSeen === null) return 'measurements: of none of these calls';
  return `measurements: ${counted(executions, 'execution')} of ${counted(calls, 'call')}, last seen ${hourText(lastSeen)}`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

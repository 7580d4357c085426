import { CompilerPanic } from './compilerEngine.ts';

/** What Prisma says of a call or schema it does not take: its compiler throws plain objects with a message of one line, its client errors of many. */
export function refusalText(error: unknown): string {
  if (error instanceof CompilerPanic) return error.message.replace(/\s+/g, ' ').trim();
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return message.trim().split('\n').at(-1) ?? message;
}

import { type NewFile, TIMESTAMP } from '#shared/newFile.ts';

/** Names a new file after the moment it is asked for, in UTC, as Prisma names its migrations: `20260131174500_…`. */
export function dated({ file, text }: NewFile, now: Date): NewFile {
  const moment = now.toISOString().replace(/\D/g, '').slice(0, 14);
  return { file: file.replaceAll(TIMESTAMP, moment), text };
}

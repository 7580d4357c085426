import { prisma } from './db.js';

/** Who has to be reminded today: one query for the loans, then one more for each of them. */
export async function reminders(today: Date): Promise<string[]> {
  const late = await prisma.loan.findMany({ where: { returnedAt: null, dueAt: { lt: today } }, take: 200 });
  const lines: string[] = [];
  for (const loan of late) {
    const reader = await prisma.reader.findUniqueOrThrow({ where: { id: loan.readerId } });
    lines.push(`${reader.name} <${reader.email}>`);
  }
  return lines;
}

/** What one reader has at home: no index of Loan begins with readerId. */
export function loansOf(readerId: number) {
  return prisma.loan.findMany({ where: { readerId, returnedAt: null }, take: 50 });
}

/** Gives books back, one statement after the other. */
export async function giveBack(loanIds: number[], now: Date): Promise<void> {
  for (const id of loanIds) {
    await prisma.loan.update({ where: { id }, data: { returnedAt: now } });
  }
}

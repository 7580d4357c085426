import { appendFileSync } from 'node:fs';

const ORDERS =
  'SELECT `main`.`Order`.`id`, `main`.`Order`.`number`, `main`.`Order`.`createdAt`, `main`.`Order`.`userId` FROM `main`.`Order` WHERE (`main`.`Order`.`status` = ? AND `main`.`Order`.`createdAt` < ?) ORDER BY `main`.`Order`.`createdAt` ASC LIMIT ? OFFSET ?';
const STRANGER = 'SELECT `main`.`Order`.`note` FROM `main`.`Order` WHERE `main`.`Order`.`note` = ?';

/** How far back the log reaches, in hours. */
const HOURS = 30;

/** Appends query events to a log, as Prisma gives them: of the late orders of the shop, over many hours, and some that no call sends. */
export function logLateOrders(file: string, executions: number): void {
  const lines = Array.from({ length: executions }, (_, at) => {
    const share = (at + 1) / executions;
    const hoursAgo = HOURS * (1 - share) + 0.2 * Math.sin(at);
    // Most are quick, one in ten waits.
    const ms = at % 10 === 0 ? 120 + 90 * share : 2 + (at % 7) * 0.6;
    const query = at % 25 === 24 ? STRANGER : ORDERS;
    const timestamp = new Date(Date.now() - Math.max(0, hoursAgo) * 3_600_000).toISOString();
    return JSON.stringify({ timestamp, query, params: '[]', duration: Number(ms.toFixed(2)), target: 'quaint' });
  });
  appendFileSync(file, `${lines.join('\n')}\n`);
}

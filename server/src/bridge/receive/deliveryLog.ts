import type { Database } from '../sqlite.ts';

/** Remembers what was delivered, so that what is sent again, because an answer did not arrive, counts once. */
export interface DeliveryLog {
  /** False for what was delivered before. */
  add(hash: string): boolean;
  /** To be called inside the transaction that writes what was counted. */
  write(): void;
  /** That transaction went through. */
  written(): void;
}

/** In milliseconds: no exporter tries longer, and how often what is older is dropped. */
const [REMEMBERED_MS, FORGETTING_MS] = [120_000, 30_000];

export function deliveryLog(database: Database, now: () => number): DeliveryLog {
  const known = database.prepare<[string], number>('SELECT 1 FROM deliveries WHERE body = ?').pluck();
  const insert = database.prepare('INSERT OR IGNORE INTO deliveries (body, at) VALUES (?, ?)');
  const forget = database.prepare('DELETE FROM deliveries WHERE at < ?');
  const added = new Set<string>();
  let forgotten = 0;
  return {
    add: (hash) => {
      if (added.has(hash) || known.get(hash) !== undefined) return false;
      added.add(hash);
      return true;
    },
    write: () => {
      for (const hash of added) insert.run(hash, now());
      if (now() - forgotten < FORGETTING_MS) return;
      forgotten = now();
      forget.run(now() - REMEMBERED_MS);
    },
    written: () => added.clear(),
  };
}

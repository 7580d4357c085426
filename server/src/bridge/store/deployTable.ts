import type { Database } from '../sqlite.ts';

/** Different deploys that are kept: a version that is another for every process fills no disk. */
const MOST_DEPLOYS = 500;

/** In characters: a whole commit, or a version with what built it. */
const LONGEST_NAME = 64;

/** The number a deploy is kept by, given to it where it is met for the first time; 0 for what is not known. To be asked inside a transaction. */
export function deployIds(database: Database): (name: string | undefined) => number {
  const idOf = database.prepare<[string], number>('SELECT id FROM deploys WHERE name = ?').pluck();
  const known = database.prepare<[], number>('SELECT count(*) FROM deploys').pluck();
  const add = database.prepare('INSERT INTO deploys (name) VALUES (?)');
  return (name) => {
    if (name === undefined || !isDeployName(name)) return 0;
    const id = idOf.get(name);
    if (id !== undefined) return id;
    return (known.get() ?? 0) < MOST_DEPLOYS ? Number(add.run(name).lastInsertRowid) : 0;
  };
}

/** Whether something may be the name of a deploy: a version, a commit or a number, and nothing that holds a text. */
export function isDeployName(name: string): boolean {
  return name.length <= LONGEST_NAME && /^[\w.+:@/#-]+$/.test(name);
}

/** Forgets those of which nothing is kept any more; to be called inside a transaction. */
export function dropDeploys(database: Database): void {
  const used = ['executions', 'site_requests', 'route_requests', 'requests'];
  const kept = used.map((table) => `SELECT deploy FROM ${table}`).join(' UNION ');
  database.exec(`DELETE FROM deploys WHERE id NOT IN (${kept})`);
}

/** Where the SQL of a query comes from that is sent by a driver or a query builder and not by Prisma. */
export type DriverQuery =
  /** A text handed over: to the driver itself, to `prepare` before it, or to a function of the project that hands it on. */
  | {
      readonly kind: 'text';
      readonly package: string;
      /** The call that is handed the text; null where that could not be followed. */
      readonly call: number | null;
      readonly argument: number;
      /** The argument of the query's own call that holds the values; the prepared ones are all of them. */
      readonly values: number | 'all' | null;
    }
  /** Steps of a builder, one call each: `db('posts').where(…).limit(10)`. */
  | {
      readonly kind: 'chain';
      readonly package: string;
      /** The call that begins it; the query's own call ends it. */
      readonly first: number;
      /** That call is of the client itself and names the table. */
      readonly table: boolean;
    };

/** Whether two say the same of the same call. */
export function sameDriverQuery(a: DriverQuery | null, b: DriverQuery | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

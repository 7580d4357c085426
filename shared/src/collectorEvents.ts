/**
 * What `ingest`, `watch` and `serve` tell with `--json`, one object a line: an editor runs them as processes of their own and learns from these how it
 * goes. The measurements themselves are in the store.
 */
export type CollectorEvent =
  | {
      /** Logs are followed, or the receiver listens, from now on. */
      readonly kind: 'started';
      readonly files: readonly string[];
      /** Of the receiver. */
      readonly url: string | null;
    }
  | {
      readonly kind: 'progress';
      /** The log that is read. */
      readonly file: string;
      /** In bytes; the total is null where it is not known. */
      readonly position: number;
      readonly total: number | null;
      /** Lines read so far. */
      readonly lines: number;
    }
  | {
      /** Executions are in the store that were not before. */
      readonly kind: 'counted';
      readonly executions: number;
    }
  | {
      /** Something a person should know, and the work goes on. */
      readonly kind: 'warning';
      readonly message: string;
    }
  | {
      /** The work is over, as far as it came. */
      readonly kind: 'summary';
      readonly executions: number;
      /** By how they were matched. */
      readonly matched: Readonly<Record<string, number>>;
      readonly unreadable: number;
      readonly lost: number;
      readonly seconds: number;
    }
  | {
      /** The work is over and was not done; what a person can do is in the message. */
      readonly kind: 'failed';
      readonly message: string;
    };

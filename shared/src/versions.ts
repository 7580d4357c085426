/** What a bug report needs to know of the program and the machine. */
export interface Versions {
  readonly querylens: string;
  readonly node: string;
  /** `linux-x64`, as packages are named. */
  readonly platform: string;
  readonly prisma: string;
  readonly typescript: string;
  /** A version, or why there is none. */
  readonly sqlite:
    | { readonly kind: 'available'; readonly version: string }
    | { readonly kind: 'unavailable'; readonly reason: string };
}

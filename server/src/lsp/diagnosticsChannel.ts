/** How diagnostics reach the client, whoever moves first. */
export interface DiagnosticsChannel {
  /** What is to be shown may have changed somewhere. */
  update(): void;
}

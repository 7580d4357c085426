import { serve } from '#lsp/serve.ts';

const TRANSPORTS = /^--(?:stdio|node-ipc|socket|pipe)(?:=|$)/;

/** Starts the language server, which reads its transport from the arguments of the process: standard input and output when none is named. */
export function lsp(args: string[]): void {
  if (!args.some((arg) => TRANSPORTS.test(arg))) args.push('--stdio');
  serve();
}

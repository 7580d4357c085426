import { spawn } from 'node:child_process';
import { once } from 'node:events';
import pc from 'picocolors';

export function saying(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Does something and says what and how long it took. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  const result = await work();
  saying(`  ${pc.green('✓')} ${what} ${pc.dim(`${((performance.now() - began) / 1000).toFixed(1)} s`)}`);
  return result;
}

/** Runs a program with this Node and gives what it printed; throws, with all it said, where it ends in another way. */
export async function run(args: readonly string[], cwd: string, codes: readonly number[] = [0]): Promise<string> {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(process.execPath, [...args], { cwd, env: { ...process.env, ...colour, INIT_CWD: cwd } });
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const [printed, said]: string[][] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => printed?.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => said?.push(text));
  const [code] = await once(child, 'close');
  process.off('exit', killed);
  const output = (printed ?? []).join('');
  if (!codes.includes(code)) throw new Error(`${args.join(' ')} ended with ${code}\n${output}${(said ?? []).join('')}`);
  return output;
}

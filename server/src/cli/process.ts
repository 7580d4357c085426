import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };
import { main } from './main.ts';

const here = import.meta.url;
const isSource = here.endsWith('.ts');
const pages = isSource ? '../rules' : './rules';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

// Whoever forked us hears no more where the channel is closed; a language server looks after that itself.
if (process.channel && process.argv[2] !== 'lsp') {
  process.once('disconnect', () => process.exit());
  process.channel.unref();
}

process.exitCode = await main(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    pages: (rule) => fileURLToPath(new URL(`${pages}/${rule}/README.md`, here)),
    reportPage: fileURLToPath(new URL(isSource ? '../../../dist/' : './', here)),
    stopAsked: () => {
      const asked = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => asked.abort());
      return asked.signal;
    },
  },
  manifest.version,
);

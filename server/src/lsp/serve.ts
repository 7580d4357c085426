import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { RULES } from '#rules/index.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { programReader } from './programReader.ts';
import { rulePages } from './rulePages.ts';
import { startServer } from './server.ts';

/** Serves over what the process was started with: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`. */
export function serve(): void {
  const fromSources = import.meta.url.endsWith('.ts');
  startServer(createConnection(ProposedFeatures.all), {
    version: manifest.version,
    rules: RULES,
    program: { module: fileURLToPath(new URL(fromSources ? '../cli/process.ts' : './main.js', import.meta.url)) },
    readProgram: programReader(new URL(fromSources ? '../../../dist/' : './', import.meta.url)),
    pageOf: rulePages('homepage' in manifest ? String(manifest.homepage) : null, import.meta.url),
  });
  // A client that forked the server and died leaves nothing else to notice.
  process.once('disconnect', () => process.exit(1));
}

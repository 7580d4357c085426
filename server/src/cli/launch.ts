// Runs on any Node with modules, so that an old one gets a sentence and not a syntax error: nothing newer may stand here.
import module from 'node:module';
import v8 from 'node:v8';

const MAIN = './main.js';
const OLDEST = 22;
const NEWEST_TRIED = 24;
const node = Number(process.versions.node.split('.')[0]);

if (node < OLDEST) {
  process.stderr.write(`Querylens needs Node ${OLDEST} or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  // A run is over before the last of V8's compilers pays, a server is not, nor is a long log. Code kept between runs belongs to the flags it was made under.
  const runsLong = ['lsp', 'ingest', 'watch', 'serve'].includes(process.argv[2] ?? '');
  if (node <= NEWEST_TRIED && !runsLong) v8.setFlagsFromString('--invocation-count-for-turbofan=100000');
  if (module.enableCompileCache) module.enableCompileCache();
  void import(MAIN);
}

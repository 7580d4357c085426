// Runs on any Node with modules, so that an old one gets a sentence and not a syntax error: nothing newer may stand here.
import module from 'node:module';

const MAIN = './main.js';
const OLDEST = 22;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(`Querylens needs Node ${OLDEST} or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  if (module.enableCompileCache) module.enableCompileCache();
  void import(MAIN);
}

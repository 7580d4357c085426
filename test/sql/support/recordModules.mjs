import { registerHooks } from 'node:module';

// Preloaded into a process whose modules a test wants to know: on exit their addresses go to standard error, a line each.
const addresses = [];
registerHooks({
  load(address, context, next) {
    addresses.push(address);
    return next(address, context);
  },
});
process.on('exit', () => process.stderr.write(`${addresses.join('\n')}\n`));

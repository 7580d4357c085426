import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ruleTemplate } from './generate/ruleTemplate.ts';

const root = join(import.meta.dirname, '..');
const [id = ''] = process.argv.slice(2);
const folder = join(root, 'server/src/rules', id);

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
  stop('Usage: npm run new-rule <id>, a noun in kebab-case such as stale-cursor.');
if (existsSync(folder)) stop(`server/src/rules/${id} is there already.`);

for (const [path, text] of Object.entries(ruleTemplate(id))) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
spawnSync(process.execPath, [join(root, 'scripts/generate.ts')], { stdio: 'inherit' });
console.log(`Made server/src/rules/${id}. Write its page's first example, then its check; watch them with
  node --test --watch --test-name-pattern=${id} test/rules.test.ts`);

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}

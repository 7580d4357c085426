import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { packExtension } from './package/packExtension.ts';
import { isTarget, ownTarget, TARGETS, type Target } from './package/targets.ts';

// Packs the extension: for this machine, for those named by --target, or for --all.
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    out: { type: 'string', default: join(root, 'vsix') },
  },
});

for (const { file, bytes } of await packExtension(root, wanted(), values.out))
  console.log(`${relative(process.cwd(), file)}  ${(bytes / 1024 / 1024).toFixed(2)} MB`);

function wanted(): readonly Target[] {
  if (values.all) return Object.keys(TARGETS).filter(isTarget);
  return values.target?.map(toTarget) ?? [ownTarget()];
}

function toTarget(name: string): Target {
  if (isTarget(name)) return name;
  throw new Error(`no target ${name}; there are: ${Object.keys(TARGETS).join(', ')}`);
}

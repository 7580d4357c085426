import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const BINDINGS = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
const WASM = fileURLToPath(BINDINGS.replace(/js$/, 'wasm'));

/** The script with which Prisma's own schema engine makes an empty database into that of a schema. */
export async function prismaTables(schema: string, adapter: SqlDriverAdapterFactory): Promise<string> {
  loadEngine();
  const file: [string, string] = ['schema.prisma', schema];
  const bound = bindMigrationAwareSqlAdapterFactory(adapter as SqlMigrationAwareDriverAdapterFactory);
  const opened = await engine.SchemaEngine.new({ datamodels: [file] }, () => undefined, bound);
  const { stdout } = await opened.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: file[0], content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? '';
}

let isLoaded = false;

/** Once a process: its bindings keep views of the memory they were first given. */
function loadEngine(): void {
  if (isLoaded) return;
  isLoaded = true;
  const bindings = engine as unknown as Bindings;
  const module = new WebAssembly.Module(readFileSync(WASM));
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(exports);
  (exports as { __wbindgen_start(): void }).__wbindgen_start();
}

/** What the package does not say it has. */
interface Bindings extends Readonly<Record<string, unknown>> {
  readonly __wbg_set_wasm: (exports: unknown) => void;
}

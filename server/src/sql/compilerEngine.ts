import type { CompilerSettings, QueryCompiler } from '@prisma/client/runtime/query_compiler_small_bg.sqlite.mjs';

/** Prisma's compiler has crashed over a request: a mistake of its own, which says nothing of other requests. */
export class CompilerPanic extends Error {
  override readonly name = 'CompilerPanic';
}

/** The WebAssembly of one database's compiler: one instance for the whole process, however many schemas are compiled with it. */
export interface CompilerEngine {
  /** A compiler over one schema, which outlives the crashes of others. */
  open(settings: CompilerSettings): EngineCompiler;
}

/** A compiler over one schema, as its instance of the WebAssembly comes and goes. */
export interface EngineCompiler {
  /** Asks the compiler; throws what it throws, and a `CompilerPanic` where it crashes. The next request finds a fresh one. */
  ask<Answer>(question: (compiler: QueryCompiler) => Answer): Answer;
  /** Gives its memory back. */
  free(): void;
}

/** Loads a database's compiler on first use, some ten milliseconds and as many megabytes. */
export function loadEngine(provider: keyof typeof MODULES): Promise<CompilerEngine> {
  const known = loaded.get(provider) ?? createEngine(provider);
  loaded.set(provider, known);
  return known;
}

const loaded = new Map<string, Promise<CompilerEngine>>();

async function createEngine(provider: keyof typeof MODULES): Promise<CompilerEngine> {
  const [bindings, { wasm }] = await MODULES[provider]();
  const module = new WebAssembly.Module(Buffer.from(wasm, 'base64'));
  let instance = instantiate(module, bindings);
  const compilers = new Set<QueryCompiler>();

  const restart = () => {
    for (const compiler of compilers) compiler.__destroy_into_raw();
    compilers.clear();
    // The bindings look at memory through views that they make anew only once the old memory has moved.
    instance.memory.grow(1);
    instance = instantiate(module, bindings);
  };

  const open = (settings: CompilerSettings): EngineCompiler => {
    let compiler: QueryCompiler | null = null;
    const living = () => {
      if (compiler && compilers.has(compiler)) return compiler;
      compiler = new bindings.QueryCompiler(settings);
      compilers.add(compiler);
      return compiler;
    };
    const ask = <Answer>(question: (compiler: QueryCompiler) => Answer) => orPanic(() => question(living()), restart);
    ask(() => null);
    return {
      ask,
      free: () => {
        if (compiler && compilers.delete(compiler)) compiler.free();
      },
    };
  };
  return { open };
}

/** A crash unwinds nothing, so that an instance that has seen one is thrown away. */
function orPanic<Answer>(ask: () => Answer, restart: () => void): Answer {
  const process = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: PanicRegistry };
  const others = process.PRISMA_WASM_PANIC_REGISTRY;
  let lastWords: string | null = null;
  process.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      lastWords = message;
    },
  };
  try {
    return ask();
  } catch (error) {
    if (lastWords === null && !isTrap(error)) throw error;
    restart();
    throw new CompilerPanic(`Prisma's compiler crashed: ${lastWords ?? String(error)}`);
  } finally {
    if (others) process.PRISMA_WASM_PANIC_REGISTRY = others;
  }
}

/** Where the compiler leaves its last words; the client puts up one of its own. */
interface PanicRegistry {
  set_message(message: string): void;
}

/** The stack or the memory was not enough: what the compiler was doing is half done. */
function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

function instantiate(module: WebAssembly.Module, bindings: Bindings): { readonly memory: WebAssembly.Memory } {
  const { exports } = new WebAssembly.Instance(module, { './query_compiler_small_bg.js': bindings });
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return exports;
}

const MODULES = {
  postgresql: () =>
    Promise.all([
      import('@prisma/client/runtime/query_compiler_small_bg.postgresql.mjs'),
      import('@prisma/client/runtime/query_compiler_small_bg.postgresql.wasm-base64.mjs'),
    ]),
  mysql: () =>
    Promise.all([
      import('@prisma/client/runtime/query_compiler_small_bg.mysql.mjs'),
      import('@prisma/client/runtime/query_compiler_small_bg.mysql.wasm-base64.mjs'),
    ]),
  sqlite: () =>
    Promise.all([
      import('@prisma/client/runtime/query_compiler_small_bg.sqlite.mjs'),
      import('@prisma/client/runtime/query_compiler_small_bg.sqlite.wasm-base64.mjs'),
    ]),
  sqlserver: () =>
    Promise.all([
      import('@prisma/client/runtime/query_compiler_small_bg.sqlserver.mjs'),
      import('@prisma/client/runtime/query_compiler_small_bg.sqlserver.wasm-base64.mjs'),
    ]),
  cockroachdb: () =>
    Promise.all([
      import('@prisma/client/runtime/query_compiler_small_bg.cockroachdb.mjs'),
      import('@prisma/client/runtime/query_compiler_small_bg.cockroachdb.wasm-base64.mjs'),
    ]),
};

type Bindings = Awaited<ReturnType<(typeof MODULES)['sqlite']>>[0];

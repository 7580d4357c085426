// Prisma ships these modules without types: one pair a database, the binding and its WebAssembly in base64.
declare module '@prisma/client/runtime/query_compiler_small_bg.*' {
  export const wasm: string;
  export const __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
  export interface CompilerSettings {
    readonly datamodel: string;
    readonly provider: string;
    readonly connectionInfo: {
      readonly supportsRelationJoins: boolean;
      readonly maxBindValues?: number;
      readonly schemaName?: string;
    };
  }
  export class QueryCompiler {
    constructor(settings: CompilerSettings);
    compile(request: string): unknown;
    compileBatch(request: string): unknown;
    free(): void;
    /** Lets go of what is in memory without touching it. */
    __destroy_into_raw(): number;
  }
}

// Node has it; its types come only with a browser's.
declare namespace WebAssembly {
  interface Memory {
    grow(pages: number): number;
  }
  interface Exports {
    readonly memory: Memory;
    __wbindgen_start(): void;
  }
  class RuntimeError extends Error {}
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, object>>);
    readonly exports: Exports;
  }
}

import type { CallFact, EntryPointFact, FileFacts } from '#syntax/facts.ts';
import type { ModuleResolver } from './moduleResolution.ts';

/** Entry points whose answer may be kept, or be for one person, by what stands around them in other files. */
const ANSWERING: ReadonlySet<EntryPointFact['kind']> = new Set(['route', 'page', 'loader', 'procedure', 'middleware']);

/** Frameworks whose routers are hung on others in other files. */
const MOUNTED: ReadonlySet<EntryPointFact['framework']> = new Set(['express', 'fastify', 'hono', 'koa', 'other']);

/**
 * Files that hold no query but say something about a file's entry points: wrappers and middleware by name, functions the
 * handler gives the request to, and the files that hang its router up.
 */
export function surroundingsOf(
  facts: FileFacts,
  resolver: ModuleResolver,
  importers: (file: string) => readonly string[],
): ReadonlySet<string> {
  const entries = facts.entryPoints.filter(({ kind }) => ANSWERING.has(kind));
  const found = new Set<string>();
  for (const entry of entries) {
    for (const local of [...entry.wrappers.map(firstName), ...asked(facts, entry)]) {
      const specifier = facts.imports.find((each) => each.local === local)?.specifier;
      const resolution = specifier === undefined ? null : resolver.resolve(facts.path, specifier);
      if (resolution?.kind === 'file') found.add(resolution.file);
    }
    if (entry.kind !== 'page' && MOUNTED.has(entry.framework))
      for (const file of importers(facts.path)) found.add(file);
  }
  return found;
}

function firstName(wrapper: string): string {
  return wrapper.split('.', 1)[0] ?? '';
}

/** Local names of imported functions the handler calls with the request, or with nothing. */
function asked(facts: FileFacts, { handler }: EntryPointFact): readonly string[] {
  if (handler.kind !== 'function') return [];
  return facts.calls
    .filter(
      (call) => call.kind === 'call' && call.function === handler.function && takesRequest(call, handler.function),
    )
    .map(({ callee: { root } }) => (root.kind === 'import' ? (facts.imports[root.import]?.local ?? '') : ''));
}

function takesRequest(call: CallFact, handler: number): boolean {
  if (call.arguments.length === 0) return true;
  return call.arguments.some(
    (given) => given.kind === 'reference' && given.to.root.kind === 'parameter' && given.to.root.function === handler,
  );
}

/** Nest modules that list a client among their providers: each that does makes one. */
export function providesClient(text: string): boolean {
  return /\bproviders\s*:/.test(text) && /\bPrisma\w*\b/.test(text);
}

/** Files that guard others without being asked by them: Nest modules with a global guard, layouts of Next's app router. */
export function guardsOthers(path: string, text: string): boolean {
  if (/(?:^|\/)app\/(?:.*\/)?layout\.[cm]?[jt]sx?$/.test(path))
    return /auth|session|cookies|user|account|member|export const (?:revalidate|dynamic)\b|generateStaticParams/i.test(
      text,
    );
  return /\bAPP_GUARD\b|\buseGlobalGuards\b/.test(text);
}

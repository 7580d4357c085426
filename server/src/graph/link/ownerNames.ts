import type { FunctionEntity, LinkedFile } from './entities.ts';

/** Methods by the name of what has them: the last resort where a receiver comes out of a context or container. */
export type OwnerLookup = (receiver: string, method: string) => readonly FunctionEntity[];

/** More owners of one name than this leave open which is meant. */
const MAX_OWNERS = 2;
/** Shorter method names are everybody's. */
const MIN_METHOD = 6;
/** Names that say what kind of thing it is and not which. */
const ANYTHING =
  /^(?:logger|log|client|service|repository|repo|store|cache|queue|config|options|params|props|deps|ctx|context|query|result|response|request|res|req|item|data|handler|manager|app|api|server|router|this|self|module|default|exports)$/;

export function indexOwners(files: Iterable<LinkedFile>): OwnerLookup {
  const byOwner = new Map<string, FunctionEntity[]>();
  const byStem = new Map<string, FunctionEntity[]>();
  const count = new Map<string, number>();
  for (const file of files) {
    if (file.role !== 'app') continue;
    for (const fact of file.facts.functions) {
      const owner = fact.name === null ? null : ownerOf(file, fact.class, fact.symbol);
      if (owner === null || fact.name === null) continue;
      const entity: FunctionEntity = { kind: 'function', file, function: fact.index };
      count.set(fact.name, (count.get(fact.name) ?? 0) + 1);
      add(byOwner, `${plain(owner)}.${fact.name}`, entity);
      add(byStem, `${stem(owner)}.${fact.name}`, entity);
    }
  }
  return (receiver, method) => {
    if (ANYTHING.test(plain(receiver))) return [];
    const exact = byOwner.get(`${plain(receiver)}.${method}`) ?? [];
    if (exact.length > 0) return exact.length <= MAX_OWNERS ? exact : [];
    const isTelling = method.length >= MIN_METHOD && count.get(method) === 1 && stem(receiver) !== '';
    return isTelling ? (byStem.get(`${stem(receiver)}.${method}`) ?? []) : [];
  };
}

/** The class, object or factory a function belongs to; null for callbacks and functions that stand alone. */
function ownerOf(file: LinkedFile, classIndex: number | null, symbol: string): string | null {
  if (classIndex !== null) return file.facts.classes[classIndex]?.name ?? null;
  const segments = symbol.split('.');
  return segments.length < 2 || symbol.includes('#') ? null : (segments.at(-2) ?? null);
}

/** `getOrderService`, `orderService` and `OrderServiceImpl` name the same thing. */
function plain(name: string): string {
  return name
    .replace(/^[_$]+|[_$]+$/g, '')
    .replace(/^(?:get|create|make|build|use|new)(?=[A-Z])/, '')
    .replace(/(?:Impl|Instance)$/, '')
    .toLowerCase();
}

/** `orders`, `orderService` and `OrderRepository` are about the same thing. */
function stem(name: string): string {
  return plain(name)
    .replace(/(?:service|repository|repo|store|manager|controller|handler|provider|usecase|dao)s?$/, '')
    .replace(/s$/, '');
}

function add(map: Map<string, FunctionEntity[]>, key: string, entity: FunctionEntity): void {
  const list = map.get(key);
  if (list) list.push(entity);
  else map.set(key, [entity]);
}

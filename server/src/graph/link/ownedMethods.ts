import type { FunctionEntity } from './entities.ts';
import type { Link } from './names.ts';
import { plainOwner, stemOf } from './ownerNames.ts';

/** More owners of one name than this leave open which is meant. */
const MAX_OWNERS = 2;
/** Shorter method names are everybody's. */
const MIN_METHOD = 6;
/** Names that say what kind of thing it is and not which. */
const ANYTHING =
  /^(?:logger|log|client|service|repository|repo|store|cache|queue|config|options|params|props|deps|ctx|context|query|result|response|request|res|req|item|data|handler|manager|app|api|server|router|this|self|module|default|exports)$/;

/** Methods by the name of what has them: the last resort where a receiver comes out of a context or container. */
export function ownedMethods(
  { files, names, trace }: Link,
  receiver: string,
  method: string,
): readonly FunctionEntity[] {
  if (ANYTHING.test(plainOwner(receiver))) return [];
  trace.note('method', method);
  const exact = names.owned.named(`${plainOwner(receiver)}.${method}`);
  const telling = () =>
    method.length >= MIN_METHOD && names.methods.named(method).length === 1 && stemOf(receiver) !== ''
      ? names.stems.named(`${stemOf(receiver)}.${method}`)
      : [];
  const found = exact.length > MAX_OWNERS ? [] : exact.length > 0 ? exact : telling();
  return found.flatMap(({ path, index }) => {
    const file = files.get(path);
    return file ? [{ kind: 'function', file, function: index }] : [];
  });
}

/** Route of a file below Next's `app` folder: groups and slots drop out, `[id]` stays. */
export function nextAppRoute(path: string): string {
  const folders = path.split('/').slice(0, -1);
  const first = folders.indexOf('app');
  const root = folders[first + 1] === 'app' ? first + 1 : first;
  return joinRoute(folders.slice(root + 1).filter((folder) => !/^\(.*\)$|^@/.test(folder)));
}

/** Route of a file below Next's `pages` folder. */
export function nextPagesRoute(path: string): string {
  const parts = withoutExtension(path).split('/');
  return joinRoute(parts.slice(parts.indexOf('pages') + 1).filter((part) => part !== 'index'));
}

/** Route of a file below `routes` in SvelteKit: `src/routes/(shop)/items/[id]/+server.ts` is `/items/[id]`. */
export function svelteKitRoute(path: string): string {
  const folders = path.split('/').slice(0, -1);
  return joinRoute(folders.slice(folders.lastIndexOf('routes') + 1).filter((folder) => !/^\(.*\)$/.test(folder)));
}

/** Route of a Remix or React Router route file, flat (`posts.$id.tsx`) or nested (`posts/$id/route.tsx`). */
export function remixRoute(path: string): string {
  const parts = withoutExtension(path).split('/');
  const root = parts.lastIndexOf('routes');
  const below = root < 0 ? parts.slice(-1) : parts.slice(root + 1);
  if (below.length > 1 && below.at(-1) === 'route') below.pop();
  const names = below.flatMap((part) => part.replace(/\+$/, '').split(/\.(?![^[]*\])/));
  return joinRoute(names.filter((name) => !/^_|^index$|^route$|^root$/.test(name)).map(remixSegment));
}

/** Route and method of a Nitro file: `server/api/items/[id].get.ts`. */
export function nitroRoute(path: string): { readonly route: string; readonly method: string | null } {
  const parts = withoutExtension(path).split('/');
  const root = parts.findLastIndex((part) => part === 'routes' || part === 'api');
  const method = /\.(get|post|put|patch|delete|head|options)$/.exec(parts.at(-1) ?? '')?.[1] ?? null;
  const below = parts
    .slice(parts[root] === 'api' ? root : root + 1)
    .map((part) => part.replace(/\.(get|post|put|patch|delete|head|options)$/, ''));
  return { route: joinRoute(below.filter((part) => part !== 'index')), method: method?.toUpperCase() ?? null };
}

/** `'users'` and `'/:id'` make `/users/:id`. */
export function joinRoute(parts: readonly string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}

function remixSegment(name: string): string {
  const plain = name
    .replace(/_$/, '')
    .replace(/^\((.*)\)$/, '$1')
    .replace(/[[\]]/g, '');
  return plain === '$' ? '*' : plain.replace(/^\$/, ':');
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

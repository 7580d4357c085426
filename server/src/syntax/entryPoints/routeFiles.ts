import { isCallExpression, isExpression, isObjectLiteralExpression, isPropertyAssignment } from '../compiler.ts';
import { unwrap } from '../nodeKinds.ts';
import { dottedName, keyOf } from '../nodeNames.ts';
import type { Draft, EntryContext } from './entry.ts';
import { definitionOf } from './moduleNames.ts';
import { nitroRoute, remixRoute, svelteKitRoute } from './routePaths.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Loaders and actions of Remix and React Router; what runs in the browser (`clientLoader`) is no entry. */
export function* remixEntries({ path, names }: EntryContext): Generator<Draft> {
  const inRoutes = /(?:^|\/)(?:routes\/|root\.[jt]sx?$)/.test(path);
  if (
    !inRoutes &&
    !names.specifiers
      .values()
      .some((specifier) => /^@remix-run\/|^react-router$|^@react-router\/|\/\+types\//.test(specifier))
  )
    return;
  const route = remixRoute(path);
  const loader = names.exports.get('loader');
  if (loader)
    yield { framework: 'remix', kind: 'loader', method: 'GET', route, handler: loader.definition, at: loader.at };
  const action = names.exports.get('action');
  if (action)
    yield { framework: 'remix', kind: 'action', method: 'POST', route, handler: action.definition, at: action.at };
}

/** Endpoints, load functions and form actions of SvelteKit. */
export function* svelteKitEntries({ path, names, settings }: EntryContext): Generator<Draft> {
  const file = /(?:^|\/)\+(server|(?:page|layout)(?:\.server)?)\.[jt]s$/.exec(path)?.[1];
  if (!file) return;
  const base = { framework: 'sveltekit', route: svelteKitRoute(path), settings } as const;
  for (const method of METHODS) {
    const exported = file === 'server' ? names.exports.get(method) : undefined;
    if (exported) yield { ...base, kind: 'route', method, handler: exported.definition, at: exported.at };
  }
  const load = names.exports.get('load');
  if (load) yield { ...base, kind: 'loader', method: 'GET', handler: load.definition, at: load.at };
  const actions = names.exports.get('actions')?.definition;
  const object = actions && isExpression(actions) ? unwrap(actions) : undefined;
  if (object && isObjectLiteralExpression(object))
    for (const member of object.properties)
      if (keyOf(member.name) !== null)
        yield {
          ...base,
          kind: 'action',
          method: 'POST',
          handler: isPropertyAssignment(member) ? member.initializer : member,
          at: member.name ?? member,
        };
}

/** Nitro and Nuxt server files: the default export, whose handler maker may cache. */
export function* nitroEntries({ path, names }: EntryContext): Generator<Draft> {
  const exported = names.exports.get('default');
  const call = exported && isExpression(exported.definition) ? definitionOf(names, exported.definition) : undefined;
  if (
    !exported ||
    !call ||
    !isCallExpression(call) ||
    !/EventHandler$|^eventHandler$/.test(dottedName(call.expression))
  )
    return;
  if (/(?:^|\/)middleware\//.test(path))
    yield { framework: 'other', kind: 'middleware', handler: exported.definition, at: exported.at };
  else
    yield { framework: 'other', kind: 'route', ...nitroRoute(path), handler: exported.definition, at: call.expression };
}

/** Endpoints of Astro: upper-case methods exported below `src/pages`. */
export function* astroEntries({ path, names }: EntryContext): Generator<Draft> {
  if (!/(?:^|\/)src\/pages\/.*\.[jt]s$/.test(path) || names.exports.has('default')) return;
  for (const method of METHODS) {
    const exported = names.exports.get(method);
    if (exported)
      yield {
        framework: 'other',
        kind: 'route',
        method,
        route: path.replace(/^.*src\/pages/, '').replace(/\.[jt]s$/, ''),
        handler: exported.definition,
        at: exported.at,
      };
  }
}

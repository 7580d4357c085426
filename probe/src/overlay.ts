/**
 * An object in front of another, some of whose members are others. It keeps those as its own, where they are found at once: Prisma's client and models
 * are proxies, and every reading of a proxy through another takes microseconds.
 */
export function overlay<Target extends object>(
  target: Target,
  replace: (key: PropertyKey, own: unknown) => unknown,
): Target {
  const behind = new Proxy(target, {
    get: (_target, key) => {
      const own: unknown = Reflect.get(target, key, target);
      const instead = replace(key, own);
      if (instead !== undefined) keep(key, instead);
      return instead ?? own;
    },
    set: (_target, key, value) => Reflect.set(target, key, value, target),
  });
  const front = Object.create(behind) as Target;
  const keep = (key: PropertyKey, value: unknown) =>
    Object.defineProperty(front, key, { value, writable: true, configurable: true, enumerable: true });
  return front;
}

/** Names the members of what it stands in front of as its own, for those who go through all models of a client. */
export function nameMembers<Front extends object>(front: Front, target: object): Front {
  const behind: object = Object.getPrototypeOf(front);
  for (const key of Object.keys(target))
    Object.defineProperty(front, key, {
      get: () => Reflect.get(behind, key),
      set: (value) => Reflect.set(behind, key, value),
      configurable: true,
      enumerable: true,
    });
  return front;
}

/** What is looked at of an OTLP resource to know what was running, the most exact first. */
const DEPLOY_ATTRIBUTES = ['vcs.ref.head.revision', 'deployment.id', 'service.version'];

/** Of the attributes of a resource; the rest may hold anything. */
export function isDeployAttribute(key: string): boolean {
  return DEPLOY_ATTRIBUTES.includes(key);
}

/** The version of the application as its resource tells it, a commit shortened as git's own are kept; undefined where it tells none. */
export function deployOfResource(attributes: ReadonlyMap<string, string | number>): string | undefined {
  const told = DEPLOY_ATTRIBUTES.map((name) => attributes.get(name)).find((value) => value !== undefined);
  if (told === undefined) return undefined;
  return /^[\da-f]{40}$|^[\da-f]{64}$/.test(String(told)) ? String(told).slice(0, 10) : String(told);
}

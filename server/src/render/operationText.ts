import type { SiteView } from '#shared/siteView.ts';

type Call = Pick<SiteView, 'model' | 'operation' | 'relations' | 'runs' | 'transaction'>;

/** What a query does, how often and within what, in one line. */
export function operationText(call: Call): string {
  const along = call.relations.length === 0 ? '' : ` with ${nameList(call.relations)}`;
  return [`${whatText(call)}${along}.`, runsText(call.runs), TRANSACTION[call.transaction ?? 'none']]
    .filter((text) => text !== '')
    .join(' ');
}

/** At most four names as code, the rest counted. */
export function nameList(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

const WHAT: Readonly<Record<string, (model: string) => string>> = {
  findUnique: (model) => `Reads one ${model} by its key`,
  findUniqueOrThrow: (model) => `Reads one ${model} by its key, or throws`,
  findFirst: (model) => `Reads the first matching ${model}`,
  findFirstOrThrow: (model) => `Reads the first matching ${model}, or throws`,
  findMany: (model) => `Reads rows of ${model}`,
  count: (model) => `Counts rows of ${model}`,
  aggregate: (model) => `Computes one result over rows of ${model}`,
  groupBy: (model) => `Groups rows of ${model}`,
  create: (model) => `Creates one ${model}`,
  createMany: (model) => `Creates rows of ${model} in one statement`,
  createManyAndReturn: (model) => `Creates rows of ${model} in one statement and reads them back`,
  update: (model) => `Changes one ${model}`,
  updateMany: (model) => `Changes all matching rows of ${model}`,
  updateManyAndReturn: (model) => `Changes all matching rows of ${model} and reads them back`,
  upsert: (model) => `Changes one ${model}, or creates it`,
  delete: (model) => `Deletes one ${model}`,
  deleteMany: (model) => `Deletes all matching rows of ${model}`,
};

function whatText({ model, operation }: Call): string {
  if (model === null)
    return /^\$?execute/.test(operation) ? 'Runs a statement written as SQL' : 'Runs a query written as SQL';
  return WHAT[operation]?.(`\`${model}\``) ?? `Runs \`${operation}\` on \`${model}\``;
}

function runsText(runs: string): string {
  if (runs === '1') return '';
  if (runs === 'N') return 'Runs once per turn of a loop.';
  return /^\d+$/.test(runs) ? `Runs ${runs} times in a loop.` : `Runs ${runs} times in loops.`;
}

const TRANSACTION = {
  interactive: 'Inside an interactive transaction.',
  array: 'Part of a `$transaction([…])`.',
  none: '',
} as const;

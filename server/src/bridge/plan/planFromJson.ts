import { type Condition, conditionOf, isName, kindOf, type PlanNode } from './planNode.ts';

type Fields = Readonly<Record<string, unknown>>;

/** From the root of a plan as PostgreSQL writes it in JSON; null where it is none. */
export function planFromJson(text: string): PlanNode | null {
  try {
    return nodeOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function nodeOf(value: unknown): PlanNode | null {
  if (!isFields(value)) return null;
  const what = stepName(value);
  if (what === null) return null;
  const runs = numberOf(value['Actual Loops']) ?? 1;
  const [rows, ms] = [numberOf(value['Actual Rows']), numberOf(value['Actual Total Time'])];
  const inner = Array.isArray(value.Plans) ? value.Plans : [];
  return {
    ...{ what, runs },
    rows: rows === null ? null : Math.round(rows * runs),
    ms: ms === null ? null : ms * runs,
    conditions: conditionsOf(value),
    inner: inner.map(nodeOf).filter((node) => node !== null),
  };
}

function stepName(fields: Fields): string | null {
  const told = textOf(fields['Node Type']);
  const join = textOf(fields['Join Type']);
  const operation = told === 'ModifyTable' ? textOf(fields.Operation) : null;
  const typed = join === null || join === 'Inner' ? told : `${told?.replace(/ Join$/, '')} ${join} Join`;
  const kind = operation ?? typed;
  const name = kind === null ? null : kindOf(kind);
  if (name === null) return null;
  const [table, alias] = [fields['Relation Name'], fields.Alias];
  return name + part(' using ', fields['Index Name']) + part(' on ', table) + (alias === table ? '' : part(' ', alias));
}

function part(word: string, name: unknown): string {
  return typeof name === 'string' && isName(`"${name}"`) ? `${word}${name}` : '';
}

function conditionsOf(fields: Fields): readonly Condition[] {
  return Object.entries(fields).flatMap(([kind, value]) => {
    const text = Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(', ') : String(value);
    return conditionOf(kind, text) ?? [];
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

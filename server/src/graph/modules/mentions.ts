import type { CallFact, ClassFact, FileFacts, FunctionFact } from '#syntax/facts.ts';
import type { Root, Value } from '#syntax/values.ts';

/** Something of a file (a function, a class, a variable, an import, a call): its index and kind in one number. */
export type Part = number;

/** Who mentions what within one file; depends on its facts alone. */
export type Mentions = ReadonlyMap<Part, readonly Part[]>;

const KINDS = { function: 0, class: 1, variable: 2, import: 3, call: 4 } as const;
const KIND_COUNT = 5;
/** Nesting beyond this holds data, not code. */
const MAX_DEPTH = 6;

type Mention = (owner: Part, mentioned: Part) => void;

export function part(kind: keyof typeof KINDS, index: number): Part {
  return index * KIND_COUNT + KINDS[kind];
}

/** What a reference is rooted in, null where that is no part of the file. */
export function rootPart(root: Root): Part | null {
  switch (root.kind) {
    case 'function':
      return part('function', root.function);
    case 'class':
      return part('class', root.class);
    case 'variable':
      return part('variable', root.variable);
    case 'import':
      return part('import', root.import);
    case 'call':
      return part('call', root.call);
    case 'this':
    case 'super':
      return root.class === null ? null : part('class', root.class);
    default:
      return null;
  }
}

/** By what is mentioned: those who mention it. */
export function mentionsIn(facts: FileFacts): Mentions {
  const mentions = new Map<Part, Part[]>();
  const mention: Mention = (owner, mentioned) => {
    const owners = mentions.get(mentioned);
    if (owners) owners.push(owner);
    else mentions.set(mentioned, [owner]);
  };
  const imports = new Map(facts.imports.map(({ local }, index) => [local, index]));
  const mentionType = (owner: Part, typeName: string | null) => {
    const index = typeName === null ? undefined : imports.get(typeName.split('.', 1)[0] ?? '');
    if (index !== undefined) mention(owner, part('import', index));
  };
  for (const call of facts.calls) mentionsOfCall(call, mention);
  for (const each of facts.functions) mentionsOfFunction(each, mention, mentionType);
  for (const each of facts.classes) mentionsOfClass(each, mention, mentionType);
  for (const { index, init, writes } of facts.variables) {
    const owner = part('variable', index);
    if (init) visit(init, 0, (mentioned) => mention(owner, mentioned));
    for (const { value } of writes) visit(value, 0, (mentioned) => mention(owner, mentioned));
  }
  return mentions;
}

function mentionsOfCall(call: CallFact, mention: Mention): void {
  const both = (mentioned: Part) => {
    mention(part('function', call.function), mentioned);
    mention(part('call', call.index), mentioned);
  };
  const callee = rootPart(call.callee.root);
  if (callee !== null) both(callee);
  for (const value of call.arguments) visit(value, 0, both);
}

type MentionType = (owner: Part, typeName: string | null) => void;

function mentionsOfFunction(fact: FunctionFact, mention: Mention, mentionType: MentionType): void {
  const own = part('function', fact.index);
  if (fact.parent !== null) mention(part('function', fact.parent), own);
  if (fact.class !== null) mention(part('class', fact.class), own);
  for (const value of fact.returns) visit(value, 0, (mentioned) => mention(own, mentioned));
  const typed = fact.class === null ? own : part('class', fact.class);
  for (const { typeName } of fact.parameters) mentionType(typed, typeName);
}

function mentionsOfClass(
  { index, extends: base, members }: ClassFact,
  mention: Mention,
  mentionType: MentionType,
): void {
  const own = part('class', index);
  const inherited = base ? rootPart(base.root) : null;
  if (inherited !== null) mention(own, inherited);
  for (const { value, typeName } of members) {
    mentionType(own, typeName);
    if (value) visit(value, 0, (mentioned) => mention(own, mentioned));
  }
}

function visit(value: Value, depth: number, found: (mentioned: Part) => void): void {
  if (depth > MAX_DEPTH) return;
  switch (value.kind) {
    case 'reference': {
      const root = rootPart(value.to.root);
      if (root !== null) found(root);
      return;
    }
    case 'function':
      found(part('function', value.function));
      return;
    case 'class':
      found(part('class', value.class));
      return;
    case 'call':
      found(part('call', value.call));
      return;
    case 'object':
      for (const property of value.properties) visit(property.value, depth + 1, found);
      return;
    case 'array':
      for (const item of value.items) visit(item, depth + 1, found);
      return;
    case 'spread':
      visit(value.value, depth + 1, found);
      return;
    case 'choice':
      for (const option of value.options) visit(option, depth + 1, found);
  }
}

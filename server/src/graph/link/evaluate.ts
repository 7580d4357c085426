import { isDriver } from '#schema/drivers.ts';
import type { Reference, Root, Value } from '#syntax/values.ts';
import type { Answers } from './answers.ts';
import { resultOf } from './callResults.ts';
import { distinct, type Entities, type LinkedFile } from './entities.ts';
import type { Link } from './names.ts';

type Evaluation = Pick<Link, 'evaluate' | 'evaluateValue' | 'called'>;

interface Memo {
  readonly imports: Answers<number>;
  readonly variables: Answers<number>;
  readonly calls: Answers<number>;
  /** By `function.parameter`. */
  readonly parameters: Answers<string>;
  /** By `variable.property`. */
  readonly written: Answers<string>;
}

/** Follows references to what they stand for. */
export function createEvaluation(link: Link): Evaluation {
  const memos = new Map<LinkedFile, Memo>();
  const memoOf = (file: LinkedFile): Memo => {
    const memo = memos.get(file) ?? {
      imports: new Map(),
      variables: new Map(),
      calls: new Map(),
      parameters: new Map(),
      written: new Map(),
    };
    memos.set(file, memo);
    return memo;
  };

  function evaluate(file: LinkedFile, { root, path }: Reference): Entities {
    const written =
      root.kind === 'variable' && path.length > 0 ? writtenInto(file, root.variable, path[0] ?? '') : null;
    let entities = written ?? atRoot(file, root);
    for (let at = written ? 1 : 0; at < path.length && entities.length > 0; at++) {
      const step = path[at] ?? '';
      entities = distinct(entities.flatMap((entity) => link.member(entity, step)));
    }
    return entities;
  }

  function atRoot(file: LinkedFile, root: Root): Entities {
    switch (root.kind) {
      case 'function':
        return [{ kind: 'function', file, function: root.function }];
      case 'class':
        return [{ kind: 'class', file, class: root.class }];
      case 'this':
        return root.class === null ? [] : [{ kind: 'instance', file, class: root.class }];
      case 'super':
        return root.class === null ? [] : superOf(file, root.class);
      case 'import':
        return link.remember(memoOf(file).imports, root.import, () => ofImport(file, root.import));
      case 'variable':
        return link.remember(memoOf(file).variables, root.variable, () => ofVariable(file, root.variable));
      case 'call':
        return called(file, root.call);
      case 'parameter':
        return ofParameter(file, root.function, root.index);
      case 'global':
        return link.global(root.name);
      default:
        return [];
    }
  }

  function called(file: LinkedFile, index: number): Entities {
    const call = file.facts.calls[index];
    return call ? link.remember(memoOf(file).calls, index, () => resultOf(link, file, call)) : [];
  }

  function evaluateValue(file: LinkedFile, value: Value): Entities {
    switch (value.kind) {
      case 'reference':
        return evaluate(file, value.to);
      case 'function':
        return [{ kind: 'function', file, function: value.function }];
      case 'class':
        return [{ kind: 'class', file, class: value.class }];
      case 'object':
        return [{ kind: 'object', file, value }];
      case 'array':
        return [{ kind: 'list', file, value }];
      case 'call':
        return called(file, value.call);
      case 'choice':
        return distinct(value.options.flatMap((option) => evaluateValue(file, option)));
      default:
        return [];
    }
  }

  function ofImport(file: LinkedFile, index: number): Entities {
    const fact = file.facts.imports[index];
    return fact ? link.imported(file, fact.specifier, fact.name) : [];
  }

  function ofVariable(file: LinkedFile, index: number): Entities {
    const fact = file.facts.variables[index];
    if (!fact) return [];
    const assigned = fact.writes.filter(({ path }) => path.length === 0).map(({ value }) => value);
    const values = fact.init ? [fact.init, ...assigned] : assigned;
    const found = distinct(values.flatMap((value) => evaluateValue(file, value)));
    return found.length === 0 && fact.typeName !== null ? link.typed(file, fact.typeName) : found;
  }

  /** `service.run = async () => …` after the object was made; null when nothing of that name was. */
  function writtenInto(file: LinkedFile, index: number, name: string): Entities | null {
    const writes =
      file.facts.variables[index]?.writes.filter(({ path }) => path.length === 1 && path[0] === name) ?? [];
    if (writes.length === 0) return null;
    return link.remember(memoOf(file).written, `${index}.${name}`, () =>
      distinct(writes.flatMap(({ value }) => evaluateValue(file, value))),
    );
  }

  function superOf(file: LinkedFile, index: number): Entities {
    const base = file.facts.classes[index]?.extends;
    return base
      ? evaluate(file, base).flatMap(
          (entity): Entities => (entity.kind === 'class' ? [{ ...entity, kind: 'instance' }] : []),
        )
      : [];
  }

  function ofParameter(file: LinkedFile, functionIndex: number, parameter: number): Entities {
    return link.remember(memoOf(file).parameters, `${functionIndex}.${parameter}`, () =>
      givenTo(file, functionIndex, parameter),
    );
  }

  function givenTo(file: LinkedFile, functionIndex: number, parameter: number): Entities {
    const transaction = parameter === 0 ? transactionOf(file, functionIndex) : null;
    if (transaction) return transaction;
    const fact = file.facts.functions[functionIndex]?.parameters[parameter];
    if (!fact) return [];
    const typed = fact.typeName === null ? [] : link.typed(file, fact.typeName);
    if (typed.some((entity) => entity.kind !== 'unparsed')) return typed;
    const byDefault = fact.default ? evaluateValue(file, fact.default) : [];
    return distinct([...byDefault, ...link.handed(file, functionIndex, parameter)]);
  }

  /** The client an interactive transaction hands to its callback. */
  function transactionOf(file: LinkedFile, functionIndex: number): Entities | null {
    const place = file.facts.functions[functionIndex]?.argumentOf;
    const call = place?.argument === 0 && place.path.length === 0 ? file.facts.calls[place.call] : undefined;
    const method = call?.callee.path.at(-1);
    if (!call || (method !== '$transaction' && method !== 'transaction')) return null;
    const receivers = evaluate(file, { root: call.callee.root, path: call.callee.path.slice(0, -1) });
    if (method === 'transaction') return driverTransaction(receivers);
    const client = receivers.find((entity) => entity.kind === 'client');
    const schema = client?.schema ?? link.schemas.near(file.path);
    return [{ kind: 'client', file, schema, transaction: true, origin: client?.origin ?? null }];
  }
  return { evaluate, evaluateValue, called };
}

/** Knex hands its callback what it gives where it is handed none. */
function driverTransaction(receivers: Entities): Entities | null {
  const own = receivers.find((entity) => entity.kind === 'package' && isDriver(entity.name));
  return own?.kind === 'package' ? [{ ...own, path: [...own.path, 'transaction', '()'] }] : null;
}

import type { CallFact, ClassFact, FileFacts, FunctionFact, ParameterFact } from '#syntax/facts.ts';
import type { Property, Reference, Value } from '#syntax/values.ts';
import type { LinkedFile } from './entities.ts';

/**
 * What linking other files can see of a file, as text to compare: exports, classes, functions with what they take and give,
 * and whatever these lead to. Places in the text and what stays inside a body are left out.
 */
export function outlineOf({ facts, role }: LinkedFile): string {
  const pen = createPen(facts);
  pen.write(role);
  for (const { name, value, from } of facts.exports) {
    pen.write(`export ${name} ${from ? `${from.specifier} ${from.name}` : ''}`);
    if (value) pen.reference(value);
  }
  for (const fact of facts.functions) pen.function(fact);
  for (const fact of facts.classes) pen.class(fact);
  return pen.text();
}

/** What a called function can be handed by some calls of a file, as text to compare. */
export function handedOutline(facts: FileFacts, calls: readonly CallFact[]): string {
  const pen = createPen(facts);
  for (const { arguments: given } of calls) pen.values(given);
  return pen.text();
}

interface Pen {
  write(text: string): void;
  reference(reference: Reference): void;
  values(values: readonly Value[]): void;
  function(fact: FunctionFact): void;
  class(fact: ClassFact): void;
  text(): string;
}

/** Calls, variables and parameters are written out where they are first met: their indices shift with every line typed. */
function createPen(facts: FileFacts): Pen {
  const parts: string[] = [];
  const met = new Map<string, number>();
  const write = (text: string) => parts.push(text);

  function once(name: string, describe: () => void): void {
    const known = met.get(name);
    if (known !== undefined) write(`#${known}`);
    else {
      met.set(name, met.size);
      write('(');
      describe();
      write(')');
    }
  }

  function reference({ root, path }: Reference): void {
    switch (root.kind) {
      case 'import': {
        const fact = facts.imports[root.import];
        write(`import ${fact?.specifier} ${fact?.name}`);
        break;
      }
      case 'variable':
        once(`variable ${root.variable}`, () => variable(root.variable));
        break;
      case 'call':
        once(`call ${root.call}`, () => call(root.call));
        break;
      case 'parameter':
        write(`parameter ${root.function} ${root.index}`);
        once(`in ${root.function}`, () => handedTo(root.function));
        break;
      default:
        write(JSON.stringify(root));
    }
    write(`.${path.join('.')}`);
  }

  /** The client of a transaction is told by the call around its callback. */
  function handedTo(index: number): void {
    const place = facts.functions[index]?.argumentOf;
    const around = place ? facts.calls[place.call] : undefined;
    if (around?.callee.path.at(-1) === '$transaction') reference(around.callee);
  }

  function variable(index: number): void {
    const fact = facts.variables[index];
    if (!fact) return;
    write(`${fact.typeName}`);
    if (fact.init) value(fact.init);
    for (const { path, value: written } of fact.writes) {
      write(`=${path.join('.')}`);
      value(written);
    }
  }

  function call(index: number): void {
    const fact = facts.calls[index];
    if (!fact) return;
    write(fact.kind);
    reference(fact.callee);
    values(fact.arguments);
  }

  function values(list: readonly Value[]): void {
    write('[');
    for (const each of list) value(each);
    write(']');
  }

  function value(given: Value): void {
    write(`${given.kind} `);
    switch (given.kind) {
      case 'reference':
        reference(given.to);
        return;
      case 'function':
        write(`${given.function}`);
        return;
      case 'class':
        write(`${given.class}`);
        return;
      case 'call':
        once(`call ${given.call}`, () => call(given.call));
        return;
      case 'choice':
        values(given.options);
        return;
      case 'array':
        values(given.items);
        return;
      case 'object':
        given.properties.forEach(property);
    }
  }

  function property(given: Property): void {
    write(given.kind === 'property' ? `${given.key}:` : given.kind);
    value(given.value);
  }

  function parameter({ typeName, property: isProperty, rest, default: byDefault }: ParameterFact): void {
    write(`${typeName} ${isProperty} ${rest}`);
    if (byDefault) value(byDefault);
  }

  return {
    write,
    reference,
    values,
    function: ({ name, symbol, parent, class: of, static: isStatic, argumentOf, parameters, returns }) => {
      write(`\nfunction ${name} ${symbol} ${parent} ${of} ${isStatic} ${argumentOf !== null}`);
      parameters.forEach(parameter);
      values(returns);
    },
    class: ({ name, extends: base, implements: types, members }) => {
      write(`\nclass ${name} ${types.join()}`);
      if (base) reference(base);
      for (const { name: member, static: isStatic, function: index, value: given, typeName } of members) {
        write(`${member} ${isStatic} ${index} ${typeName}`);
        if (given) value(given);
      }
    },
    text: () => parts.join(' '),
  };
}

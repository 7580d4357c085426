/** One of a few values that a person chose and that is remembered. */
export interface Choice<Value> {
  value(): Value;
  choose(value: Value): void;
  onChange(listener: (value: Value) => void): { dispose(): void };
}

/** Where choices outlive the window; VS Code's mementos are one. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A choice kept under `key`; the first of `values` until something else is chosen, and when what was kept is none of them any more. */
export function rememberedChoice<Value extends string>(
  memory: Memory,
  key: string,
  values: readonly [Value, ...Value[]],
): Choice<Value> {
  const kept = memory.get(key);
  let value = values.find((known) => known === kept) ?? values[0];
  const listeners = new Set<(value: Value) => void>();
  return {
    value: () => value,
    choose: (next) => {
      value = next;
      void memory.update(key, next);
      for (const listener of [...listeners]) listener(next);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}

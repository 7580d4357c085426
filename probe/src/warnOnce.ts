const said = new Set<string>();

/** Tells whoever runs the application, once, and goes on. */
export function warnOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  process.emitWarning(text, { type: 'QuerylensWarning' });
}

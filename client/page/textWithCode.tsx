/** A sentence of Querylens: what stands between backticks is code. */
export function TextWithCode({ text }: { readonly text: string }) {
  const parts = text.split(/(`[^`]+`)/);
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code>{part.slice(1, -1)}</code> : part))}</>;
}

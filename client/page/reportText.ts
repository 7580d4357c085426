/** The report as it was put into the page: JSON, or JSON that was packed with gzip and written in base64 because it is long. */
export async function unpacked(text: string, encoding: string | null): Promise<string> {
  if (encoding !== 'gzip') return text;
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

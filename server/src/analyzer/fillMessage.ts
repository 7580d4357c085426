import type { MessageTemplate, Report } from '#rules/rule.ts';

/** What happens, what it costs, what to do, with the report's data filled in; throws on a name the data lacks, as that is a rule's bug. */
export function fillMessage({ happens, costs, todo }: MessageTemplate, data: Report['data']): string {
  return [happens, costs, todo]
    .map((text) => fill(text, data).trim())
    .filter(Boolean)
    .join(' ');
}

function fill(text: string, data: Report['data']): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`the message needs {${name}}, which the report does not give`);
    return String(value);
  });
}

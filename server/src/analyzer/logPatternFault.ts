/**
 * Why a regular expression for log lines cannot be used, as words behind its name; null where it can. It must be one that is matched in linear time,
 * whatever a line holds: without looking ahead or back and without back references.
 */
export function logPatternFault(pattern: string): string | null {
  const groups = groupsOf(pattern);
  if (typeof groups === 'string') return groups;
  if (LOOKS_AROUND.test(pattern))
    return 'looks ahead or back or refers back to a group, which can take forever on one line';
  const has = (...names: readonly string[]) => names.some((name) => groups.includes(name));
  if (!has('name', 'sql')) return 'needs a group (?<name>…) or (?<sql>…) for what was slow';
  if (!has('ms', 's')) return 'needs a group (?<ms>…) or (?<s>…) for how long it took';
  const unknown = groups.find((name) => !KNOWN.includes(name));
  return unknown === undefined ? null : `has a group (?<${unknown}>…); ${KNOWN.join(', ')} are known`;
}

const KNOWN = ['name', 'sql', 'ms', 's'];
const LOOKS_AROUND = /(?<!\\)(?:\\\\)*(?:\(\?<?[=!]|\\(?:[1-9]|k<))/;

/** The names of its groups, or what is wrong with it. */
function groupsOf(pattern: string): readonly string[] | string {
  try {
    new RegExp(pattern);
    // With a way to match nothing it tells its groups.
    return Object.keys(new RegExp(`${pattern}|`).exec('')?.groups ?? {});
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^.*: (?=[^:]+$)/s, '') : String(error);
    return `is no regular expression: ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
  }
}

import type { PrismaVersion } from '#schema/schemaModel.ts';

/**
 * How other versions of Prisma write a statement, in canonical form, where the project's own is not known or has an engine of its own: so
 * that what they send is not taken for that of a call which is written so here.
 */
export function otherWritings(text: string, isOfRelation: boolean, version: PrismaVersion | null): readonly string[] {
  const searched = version === null ? text.replace(SEARCH, '?') : text;
  const related =
    isOfRelation && (version === null || version.major < COMPILED) ? parentsOtherwise(searched) : searched;
  return [...new Set([searched, related])].filter((other) => other !== text);
}

/** From here on all clients have the compiler that ours is; before, an engine wrote the SQL. */
const COMPILED = 7;

/** Where values stand apart the marks around a searched text are put there by SQL. */
const SEARCH = /(?<= i?like )(?:\((?:\? \|\| )+\?\)|concat ?\(\?\))/g;

/** Relations of one row are asked for as if of many, or the other way round. */
function parentsOtherwise(text: string): string {
  return text.includes(' in (?)') ? text.replace(' in (?)', ' = ?') : text.replace(/(?<= where \S+) = \?/, ' in (?)');
}

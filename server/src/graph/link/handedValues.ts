import type { CallFact } from '#syntax/facts.ts';
import { distinct, type Entities, type LinkedFile } from './entities.ts';
import type { Link } from './names.ts';

/** A function called from more places than this is a library of its own. */
const MAX_CALLS = 24;

/** Calls of a function, as found in the first round. */
export type CallsTo = (file: string, functionIndex: number) => readonly PlacedCall[];

/** What calls hand to a parameter, without regard to which call is looked at. */
export function createHanded(callsTo: CallsTo, link: () => Link): Link['handed'] {
  return (file, functionIndex, parameter): Entities => {
    link().trace.note('calls of', `${file.path}#${functionIndex}`);
    const callers = callsTo(file.path, functionIndex);
    if (callers.length > MAX_CALLS) return [];
    return distinct(
      callers.flatMap(({ file: caller, call }) => {
        const argument = call.arguments[parameter];
        const spread = call.arguments.slice(0, parameter + 1).some((value) => value.kind === 'spread');
        return argument && !spread ? link().evaluateValue(caller, argument) : [];
      }),
    );
  };
}

/** One call and the file it is in. */
export interface PlacedCall {
  readonly file: LinkedFile;
  readonly call: CallFact;
}

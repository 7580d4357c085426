import type { CallTable } from './callTargets.ts';
import { distinct, type Entities, type Link } from './entities.ts';

/** A function called from more places than this is a library of its own. */
const MAX_CALLS = 24;

/** What calls hand to a parameter, without regard to which call is looked at. */
export function createHanded(calls: CallTable, link: () => Link): Link['handed'] {
  return (file, functionIndex, parameter): Entities => {
    const callers = calls.callsTo(file, functionIndex);
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

import { type Key, NO_TRACE, type Trace } from '../trace.ts';
import type { Entities } from './entities.ts';

/** Answers to questions of one sort; null while one is being found. */
export type Answers<Question> = Map<Question, Answer>;

interface Answer {
  readonly entities: Entities | null;
  /** Found while some name was still being followed, so that it depends on where the way began. */
  readonly cyclic: boolean;
  readonly keys: readonly Key[];
}

/** Answers each question once; while a name is being followed it stands for nothing, which ends cycles. */
export interface Remembering {
  remember<Question>(answers: Answers<Question>, question: Question, find: () => Entities): Entities;
  /**
   * Works something out for one file. Answers that hang on a cycle are forgotten afterwards: they differ with the name the
   * cycle is entered by, and no file's answers may depend on which files were linked before.
   */
  forFile<T>(find: () => T): { readonly value: T; readonly keys: readonly Key[] };
}

export function createRemembering(trace: Trace = NO_TRACE): Remembering {
  let cyclic = false;
  let passing: (() => void)[] = [];

  function remember<Question>(answers: Answers<Question>, question: Question, find: () => Entities): Entities {
    const known = answers.get(question);
    if (known) {
      cyclic ||= known.cyclic;
      trace.readAll(known.keys);
      return known.entities ?? NOTHING;
    }
    const outer = cyclic;
    cyclic = false;
    answers.set(question, SOUGHT);
    trace.begin();
    const entities = find();
    answers.set(question, { entities, cyclic, keys: trace.end() });
    if (cyclic) passing.push(() => answers.delete(question));
    cyclic ||= outer;
    return entities;
  }

  return {
    remember,
    forFile: (find) => {
      trace.begin();
      const value = find();
      for (const forget of passing) forget();
      passing = [];
      cyclic = false;
      return { value, keys: trace.end() };
    },
  };
}

const NOTHING: Entities = [];
const SOUGHT: Answer = { entities: null, cyclic: true, keys: [] };

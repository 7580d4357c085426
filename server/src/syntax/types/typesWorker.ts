import { parentPort } from 'node:worker_threads';
import { configFor, type TypeProject, typeProject } from './typeProject.ts';
import type { TypeQuestion, TypeVerdict } from './typeQuestion.ts';

/** What the worker is asked; an answer carries the same number. */
export interface NumberedQuestion {
  readonly number: number;
  /** Absolute: no configuration is looked for above it. */
  readonly root: string;
  readonly question: TypeQuestion;
}

export interface NumberedVerdict {
  readonly number: number;
  readonly verdict: TypeVerdict;
}

const projects = new Map<string, TypeProject>();

parentPort?.on('message', ({ number, root, question }: NumberedQuestion) => {
  parentPort?.postMessage({ number, verdict: verdictOn(root, question) } satisfies NumberedVerdict);
});

function verdictOn(root: string, question: TypeQuestion): TypeVerdict {
  const [first] = question.changes;
  if (!first) return { kind: 'same' };
  try {
    const config = configFor(first.path, root);
    if (config === null) return { kind: 'unknown', reason: 'there is no tsconfig.json' };
    const project = projects.get(config) ?? typeProject(config);
    projects.set(config, project);
    return within(root, project.answer(question));
  } catch (error) {
    return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Paths as a person of the project writes them. */
function within(root: string, verdict: TypeVerdict): TypeVerdict {
  const inside = (text: string) => text.replaceAll(`${root}/`, '');
  if (verdict.kind === 'worse') return { ...verdict, message: inside(verdict.message) };
  return verdict.kind === 'unknown' ? { ...verdict, reason: inside(verdict.reason) } : verdict;
}

import type { Location, Range } from '#shared/location.ts';
import type { IgnoreFact } from '#syntax/facts.ts';
import { extractIgnores } from '#syntax/ignores.ts';
import { type FileCase, type Grounds, type Judgement, judgeFile } from './judgeFile.ts';
import type { RuleReport } from './runRules.ts';
import { textPlaces } from './textPlaces.ts';

/** Judges again and again; a file is judged anew when its reports, its comments or a file they point into are others. */
export interface Judge {
  /** `schemaState` is the same object as long as no text of a schema or migration changed. */
  judge(reports: readonly RuleReport[], grounds: Grounds, schemaState: object): Judgement;
}

/** From what rules saw to what is said: weighed, named, and without what ignore comments hide. */
export function createJudge(): Judge {
  let verdicts = new Map<string, Verdict>();
  let schemas: SchemaTexts | null = null;
  return {
    judge: (reports, grounds, schemaState) => {
      const { graph, workspace } = grounds;
      const texts: SchemaTexts =
        schemas?.state === schemaState ? schemas : { state: schemaState, ignores: new Map(), lineStarts: new Map() };
      schemas = texts;
      const place = textPlaces(graph, workspace, texts.lineStarts);
      const stateOf = (file: string) => graph.files.get(file) ?? schemaState;
      const verdictOn = (each: FileCase): Verdict => {
        const known = verdicts.get(each.file);
        return known && holds(known, each, stateOf) ? known : judged(each, grounds, place, stateOf);
      };
      const all = casesOf(reports, grounds, texts.ignores).map(verdictOn);
      verdicts = new Map(all.map((verdict) => [verdict.case.file, verdict]));
      return {
        findings: all.flatMap(({ judgement }) => judgement.findings),
        suppressed: all.reduce((sum, { judgement }) => sum + judgement.suppressed, 0),
      };
    },
  };
}

interface Verdict {
  readonly case: FileCase;
  readonly judgement: Judgement;
  /** Files whose text was looked at, with the state they were in. */
  readonly leans: ReadonlyMap<string, object>;
}

interface SchemaTexts {
  readonly state: object;
  readonly ignores: Map<string, readonly IgnoreFact[]>;
  readonly lineStarts: Map<string, readonly number[]>;
}

function judged(
  each: FileCase,
  grounds: Grounds,
  place: (at: Location) => Range,
  stateOf: (file: string) => object,
): Verdict {
  const leans = new Map([[each.file, stateOf(each.file)]]);
  const lean = (file: string) => leans.set(file, stateOf(file));
  const read = (file: string) => {
    lean(file);
    return grounds.workspace.read(file);
  };
  const judgement = judgeFile(each, { ...grounds, workspace: { ...grounds.workspace, read } }, (at) => {
    lean(at.file);
    return place(at);
  });
  return { case: each, judgement, leans };
}

function holds({ case: known, leans }: Verdict, now: FileCase, stateOf: (file: string) => object): boolean {
  return (
    known.ignores === now.ignores &&
    known.reports.length === now.reports.length &&
    known.reports.every(
      ({ rule, report }, index) => report === now.reports[index]?.report && rule === now.reports[index]?.rule,
    ) &&
    [...leans].every(([file, state]) => stateOf(file) === state)
  );
}

/** Files with reports or ignore comments, in order; code that is left out by its role is not asked about its comments. */
function casesOf(
  reports: readonly RuleReport[],
  { graph, workspace, settings }: Grounds,
  known: Map<string, readonly IgnoreFact[]>,
): readonly FileCase[] {
  const byFile = Map.groupBy(reports, ({ report }) => report.at.file);
  const reported = (file: string) =>
    graph.role(file) === 'app' || settings.include.some((role) => role === graph.role(file));
  const ignores = new Map<string, readonly IgnoreFact[]>();
  for (const { path, ignores: own } of graph.files.values())
    if (own.length > 0 && reported(path)) ignores.set(path, own);
  for (const file of graph.schemas.flatMap(({ files }) => files)) {
    const own = known.get(file) ?? extractIgnores(workspace.read(file) ?? '');
    known.set(file, own);
    if (own.length > 0) ignores.set(file, own);
  }
  const files = [...new Set([...byFile.keys(), ...ignores.keys()])].sort();
  return files.map((file) => ({ file, reports: byFile.get(file) ?? [], ignores: ignores.get(file) ?? NONE }));
}

const NONE: readonly IgnoreFact[] = [];

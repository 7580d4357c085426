import { createAnalyzer } from '#analyzer/analyzer.ts';
import { Failure } from '#analyzer/failure.ts';
import { type SiteIndex, siteIndex } from '#bridge/attribute/siteIndex.ts';
import type { Settings } from '#shared/settings.ts';
import { createSqlCompiler } from '#sql/sqlCompiler.ts';
import { liveWorkspace } from '#workspace/liveWorkspace.ts';
import { lintTargets } from '../lintTargets.ts';
import { projectSettings, type RunSurroundings } from '../projectRun.ts';
import { createEdits } from './edits.ts';

/** The calls of a project, for telling whose an execution was, kept right while the code is edited. */
export interface IndexedProject {
  /** Absolute. */
  readonly root: string;
  readonly settings: Settings;
  /** As the code was when it was opened. */
  readonly index: SiteIndex;
  /** The index of the code as it is now; null where it was not edited since. */
  edited(): Promise<SiteIndex | null>;
}

/** A {@link Failure} where there is no project or no schema. */
export async function indexProject(
  path: string,
  around: RunSurroundings,
  now = () => performance.now(),
): Promise<IndexedProject> {
  const [project] = lintTargets([path], around.cwd, null).projects;
  if (!project) throw new Failure(`${path}: there is no project`);
  const settings = projectSettings(project, { levels: {}, include: [] }, around);
  const { root } = project;
  const edits = createEdits(root, settings.ignore, now);
  const workspace = liveWorkspace(root, { ignore: settings.ignore });
  const analyzer = createAnalyzer({ workspace, settings, rules: [], log: around.log, onPhase: around.onPhase });
  const compiler = createSqlCompiler(workspace);
  const indexNow = async (): Promise<SiteIndex | Failure> => {
    const { graph, problems } = await analyzer.snapshot();
    const broken = problems.find(({ kind }) => kind === 'no-schema');
    if (broken) return new Failure(broken.message);
    const compiled = await compiler.open(graph.schemas, graph);
    return siteIndex(graph, (site) => compiled.sentBy(graph, site));
  };
  const index = await indexNow();
  if (index instanceof Failure) throw index;
  return {
    ...{ root, settings, index },
    edited: async () => {
      const changed = edits.look();
      if (changed.length === 0) return null;
      workspace.changedOnDisk(changed);
      analyzer.update(changed);
      const next = await indexNow();
      // While the schema is away, what was known of the calls stands.
      return next instanceof Failure ? null : next;
    },
  };
}

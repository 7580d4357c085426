import { join } from 'node:path';
import { isAsked } from '#analyzer/projectFindings.ts';
import { createPlaces } from './convert.ts';
import { takeDiskChanges } from './diskChanges.ts';
import { versionsByFile } from './documents.ts';
import { folderEvidence } from './evidence/folderEvidence.ts';
import { paced } from './evidence/paced.ts';
import type { Answer } from './folder.ts';
import { folderAnswer } from './folderAnswer.ts';
import { lookAtFolder } from './folderLook.ts';
import { folderPaths } from './folderPaths.ts';
import type { FolderOptions, LiveFolder } from './liveFolder.ts';
import { type OpenProject, openProject } from './openProject.ts';
import { StaleWork } from './runSafe.ts';
import { createRuns } from './runs.ts';
import { decidesProject, isInput } from './watchedFiles.ts';

/** How long nothing may change before work starts. */
const PAUSE_MS = 150;
/** How often what is counted makes a new answer at most: while a log is followed it comes without end. */
const MEASURED_MS = 500;

/** Opens a folder; nothing is looked at before it is started or asked. */
export function createFolder(options: FolderOptions): LiveFolder {
  const { uri, given, real, rules, events, log, editor } = options;
  const { pathOf } = folderPaths({ given, real, root: real });
  const opened = () => new Map(options.documents().map(({ uri, text }) => [pathOf(uri) ?? uri, text]));
  const onProgress = (done: number, total: number) => events.progressed(folder, done, total);
  const evidence = folderEvidence({
    root: () => open.project.root,
    allowed: options.evidence.allowed,
    complain: (problem) => log.popup(problem, `Querylens: ${problem}`),
  });
  const around = { folder: real, rules, evidence, log: log.debug, opened, onProgress };
  let open: OpenProject = openProject(null, around);
  let paths = folderPaths({ given, real, root: open.project.root });
  let last: Answer | null = null;
  let glimpse: Answer | null = null;
  let mayDiffer = false;
  let running = false;
  const measured = paced(() => {
    // A run under way is worth more than its latest figures.
    if (running) measured.call();
    else if (last && evidence.changed()) runs.touch();
  }, MEASURED_MS);
  const places = createPlaces((file) => open.workspace.read(file) ?? '', options.encoding);
  const shows = (path: string) => options.shows(path, folder);
  const openVersions = () => versionsByFile(options.documents(), paths.fileOf);
  const runs = createRuns(run, PAUSE_MS);

  async function run(signal: AbortSignal): Promise<void> {
    events.began(folder);
    running = true;
    try {
      if (mayDiffer) reopen(open);
      await evidence.prepare();
      signal.throwIfAborted();
      const glimpsed = (answer: Answer) => {
        glimpse = answer;
        events.glimpsed(folder);
      };
      const look = { open, versions: openVersions(), shows, editor: editor(), log, glimpsed: last ? null : glimpsed };
      last = await lookAtFolder(look, signal);
    } catch (error) {
      events.failed(folder, error);
      throw error;
    } finally {
      running = false;
    }
    glimpse = null;
    events.answered(folder);
  }
  const present = () => last ?? Promise.reject(new StaleWork('the folder is being looked at anew'));
  function reopen(before: OpenProject | null): void {
    mayDiffer = false;
    open = openProject(before, around);
    paths = folderPaths({ given, real, root: open.project.root });
  }
  function changed(files: readonly string[]): void {
    if (files.includes(open.settings.baseline)) folder.restate();
    const inputs = files.filter(isInput);
    if (inputs.length === 0) return;
    mayDiffer ||= inputs.some(decidesProject);
    places.clear();
    open.analyzer.update(inputs);
    runs.touch();
  }
  /** A document that says what the disk says changes nothing. */
  function lay(uri: string, act: (file: string) => void): void {
    const file = paths.fileOf(uri);
    if (file === null) return;
    const before = open.workspace.read(file);
    act(file);
    if (open.workspace.read(file) !== before) changed([file]);
  }
  const folder: LiveFolder = {
    ...{ uri, home: real, pathOf, places: places.of, latest: () => last, glimpse: () => glimpse, start: runs.touch },
    ...{
      fileOf: (uri) => paths.fileOf(uri),
      uriOf: (file) => paths.uriOf(file),
      evidence,
      lookAtEvidence: measured.call,
    },
    get project() {
      return open.project;
    },
    get settings() {
      return open.settings;
    },
    get workspace() {
      return open.workspace;
    },
    get analyzer() {
      return open.analyzer;
    },
    get sql() {
      return open.sql;
    },
    answer: (signal) => runs.current(signal).then(present),
    settledAnswer: (signal) => runs.settled(signal).then(present),
    answersFor: (file) => isAsked(open.project, file) && shows(join(open.project.root, file)),
    opened: ({ uri, text }) => lay(uri, (file) => open.workspace.open(file, text)),
    closed: (uri) => lay(uri, (file) => open.workspace.close(file)),
    changedOnDisk: (uris) => {
      const named = uris.flatMap((uri) => paths.fileOf(uri) ?? []);
      const laidOver = openVersions();
      const counts = takeDiskChanges(open.workspace, named).filter((file) => !laidOver.has(file));
      changed([...counts, ...named.filter((file) => file === open.settings.baseline)]);
    },
    lookAgain: () => {
      open.workspace.changedOnDisk(['']);
      mayDiffer = true;
      changed(open.workspace.files());
    },
    restate: () => {
      if (!last) return;
      last = folderAnswer({ open, ...last, shows, editor: editor() });
      events.answered(folder);
    },
    rescan: () => {
      reopen(null);
      last = null;
      runs.touch();
    },
    leave: () => {
      runs.cancel(new StaleWork('the folder was closed'));
      measured.stop();
      evidence.close();
    },
    cancel: () => runs.cancel(new StaleWork('stopped')),
  };
  return folder;
}

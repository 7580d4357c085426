import { join } from 'node:path';
import type { Snapshot } from '#analyzer/analyzer.ts';
import { isAsked } from '#analyzer/projectFindings.ts';
import { plural } from '#render/count.ts';
import { type TextPlaces, textPlaces } from './convert.ts';
import type { Answer } from './folder.ts';
import { folderAnswer } from './folderAnswer.ts';
import { folderPaths } from './folderPaths.ts';
import type { FolderOptions, LiveFolder } from './liveFolder.ts';
import { type OpenProject, openProject } from './openProject.ts';
import { StaleWork } from './runSafe.ts';
import { createRuns } from './runs.ts';
import { decidesProject, isInput } from './watchedFiles.ts';

/** How long nothing may change before work starts. */
const PAUSE_MS = 150;

/** Opens a folder; nothing is looked at before it is started or asked. */
export function createFolder(options: FolderOptions): LiveFolder {
  const { uri, given, real, events, encoding } = options;
  const { pathOf } = folderPaths({ given, real, root: real });
  const opened = () => new Map(options.documents().map(({ uri, text }) => [pathOf(uri) ?? uri, text]));
  const onProgress = (done: number, total: number) => events.progressed(folder, done, total);
  const around = { folder: real, rules: options.rules, log: options.log.debug, opened, onProgress };
  let open: OpenProject = openProject(null, around);
  let paths = folderPaths({ given, real, root: open.project.root });
  let last: Answer | null = null;
  let mayDiffer = false;
  const places = new Map<string, TextPlaces>();
  const shows = (path: string) => options.shows(path, folder);

  async function run(signal: AbortSignal): Promise<void> {
    events.began(folder);
    try {
      if (mayDiffer) reopen(open);
      const versions = new Map(options.documents().map((each) => [paths.fileOf(each.uri) ?? each.uri, each.version]));
      const snapshot = await open.analyzer.snapshot(signal);
      signal.throwIfAborted();
      last = folderAnswer({ open, snapshot, versions, shows, editor: options.editor() });
    } catch (error) {
      events.failed(folder, error);
      throw error;
    }
    const { findings, snapshot } = last;
    options.log.trace(`looked at ${real}: ${plural(findings.length, 'finding')}`, phasesText(snapshot.phases));
    events.answered(folder);
  }
  const runs = createRuns(run, PAUSE_MS);
  function present(): Answer {
    if (!last) throw new StaleWork('the folder is being looked at anew');
    return last;
  }

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
    ...{ uri, home: real },
    ...{ pathOf, fileOf: (uri) => paths.fileOf(uri), uriOf: (file) => paths.uriOf(file) },
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
    ...{ latest: () => last, start: runs.touch },
    answer: (signal) => runs.current(signal).then(present),
    settledAnswer: (signal) => runs.settled(signal).then(present),
    answersFor: (file) => isAsked(open.project, file) && shows(join(open.project.root, file)),
    places: (file) => {
      const known = places.get(file) ?? textPlaces(open.workspace.read(file) ?? '', encoding);
      places.set(file, known);
      return known;
    },
    opened: ({ uri, text }) => lay(uri, (file) => open.workspace.open(file, text)),
    closed: (uri) => lay(uri, (file) => open.workspace.close(file)),
    changedOnDisk: (uris) => {
      const texts = new Set(options.documents().map(({ uri }) => paths.fileOf(uri)));
      const named = uris.map(paths.fileOf).filter((file) => file !== null && !texts.has(file));
      const files = named.flatMap((file) => (file === null || isInput(file) ? (file ?? []) : [file, ...filesIn(file)]));
      open.workspace.changedOnDisk(files);
      changed(files);
    },
    lookAgain: () => {
      open.workspace.changedOnDisk(['']);
      mayDiffer = true;
      changed(open.workspace.files());
    },
    restate: () => {
      if (!last) return;
      last = folderAnswer({ open, ...last, shows, editor: options.editor() });
      events.answered(folder);
    },
    rescan: () => {
      reopen(null);
      last = null;
      runs.touch();
    },
    cancel: () => runs.cancel(new StaleWork('stopped')),
  };

  /** A folder that is moved or deleted is told of by its own name alone. */
  function filesIn(path: string): readonly string[] {
    return open.workspace.files().filter((file) => file.startsWith(`${path}/`));
  }
  return folder;
}

/** `schemas 3 ms, facts 12 ms`. */
function phasesText(phases: Snapshot['phases']): string {
  return Object.entries(phases)
    .map(([phase, ms]) => `${phase} ${ms.toFixed(1)} ms`)
    .join(', ');
}

import * as vscode from 'vscode';
import { FINDINGS_VIEW } from '../commandIds.ts';
import type { Choice } from '../state/choice.ts';
import { overview } from '../state/overview.ts';
import { isCurrent, type ProjectState } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { plural } from '../words.ts';
import { afterPause } from './afterPause.ts';
import { findingTree, type Grouping, type TreeNode } from './findingTree.ts';
import { pauseBeforeBurst } from './pauseBeforeBurst.ts';
import { branchItem, findingItem } from './treeItems.ts';

const PAUSE_MS = 50;
const MOST_OPENED = 100;

/** The list of findings at the side, drawn anew whenever what it shows changes. */
export function createFindingsView(store: ProjectStore, grouping: Choice<Grouping>): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let shown = listOf(store.state(), grouping.value());
  const settled = pauseBeforeBurst(PAUSE_MS);
  const view = vscode.window.createTreeView<TreeNode>(FINDINGS_VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => {
        if (node === undefined) return [...shown.nodes];
        await settled.wait(node.kind);
        return node.kind === 'finding' ? [] : [...node.children];
      },
      getTreeItem: (node) =>
        node.kind === 'finding'
          ? findingItem(node, shown.grouping, shown.old.has(node.folder))
          : branchItem(node, shown.count <= MOST_OPENED),
    },
  });
  const draw = (): void => {
    if (sameParts(partsOf(store.state(), grouping.value()), shown.parts)) return;
    shown = listOf(store.state(), grouping.value());
    view.badge = shown.count === 0 ? undefined : { value: shown.count, tooltip: plural(shown.count, 'finding') };
    view.message = shown.message;
    changed.fire(undefined);
  };
  const later = afterPause(draw, PAUSE_MS);
  return vscode.Disposable.from(
    view,
    changed,
    later,
    store.onChange(later.call),
    grouping.onChange(later.call),
    showProgress(store),
  );
}

/** What the view shows at one time; VS Code asks for it piece by piece, and all pieces must be of the same list. */
interface List {
  readonly grouping: Grouping;
  readonly nodes: readonly TreeNode[];
  readonly count: number;
  /** Folders whose findings were heard before the server last started. */
  readonly old: ReadonlySet<string>;
  readonly message: string;
  /** What it was made from; the progress of a scan is not among it. */
  readonly parts: readonly unknown[];
}

function listOf(state: ProjectState, grouping: Grouping): List {
  const old = new Set(state.folders.filter((folder) => !isCurrent(state, folder)).map(({ uri }) => uri));
  return {
    grouping,
    nodes: findingTree(state.folders, grouping),
    count: state.folders.reduce((sum, { findings }) => sum + findings.length, 0),
    old,
    message: state.folders.some(({ uri, findings }) => old.has(uri) && findings.length > 0) ? oldMessage(state) : '',
    parts: partsOf(state, grouping),
  };
}

function partsOf(state: ProjectState, grouping: Grouping): readonly unknown[] {
  const folders = state.folders.flatMap((folder) => [folder.uri, folder.findings, isCurrent(state, folder)]);
  return [grouping, state.server.kind, ...folders];
}

function oldMessage({ server }: ProjectState): string {
  return server.kind === 'stopped'
    ? 'Querylens does not run. This is what it found last.'
    : 'Reading the project. This is what was found last.';
}

function sameParts(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}

/** A bar at the top of the view as long as something is being read. */
function showProgress(store: ProjectStore): { dispose(): void } {
  let end: (() => void) | null = null;
  const draw = (): void => {
    const { kind } = overview(store.state());
    const busy = kind === 'starting' || kind === 'scanning';
    if (!busy) end?.();
    if (!busy || end !== null) return;
    const reading = new Promise<void>((resolve) => {
      end = () => {
        end = null;
        resolve();
      };
    });
    void vscode.window.withProgress({ location: { viewId: FINDINGS_VIEW } }, () => reading);
  };
  draw();
  const listening = store.onChange(draw);
  return {
    dispose: () => {
      listening.dispose();
      end?.();
    },
  };
}

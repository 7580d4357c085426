import * as vscode from 'vscode';
import { FINDINGS_VIEW } from '../commandIds.ts';
import type { Choice } from '../state/choice.ts';
import { overview } from '../state/overview.ts';
import { isCurrent, type ProjectState } from '../state/projectState.ts';
import type { ProjectStore } from '../state/projectStore.ts';
import { plural } from '../words.ts';
import { type FindingNode, findingTree, type Grouping, type TreeNode } from './findingTree.ts';
import { branchItem, findingItem } from './treeItems.ts';

/** The list of findings at the side, drawn anew whenever what it shows changes. */
export function createFindingsView(store: ProjectStore, grouping: Choice<Grouping>): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<TreeNode>(FINDINGS_VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => childrenOf(node, store.state(), grouping.value()),
      getTreeItem: (node) =>
        node.kind === 'finding' ? findingItem(node, grouping.value(), isOld(node, store.state())) : branchItem(node),
    },
  });
  let drawn: readonly unknown[] = [];
  const draw = (): void => {
    const shown = [grouping.value(), ...store.state().folders.flatMap((folder) => shownOf(store.state(), folder))];
    if (shown.length === drawn.length && shown.every((part, index) => part === drawn[index])) return;
    drawn = shown;
    view.badge = badge(store.state());
    view.message = message(store.state());
    changed.fire(undefined);
  };
  draw();
  return vscode.Disposable.from(view, changed, store.onChange(draw), grouping.onChange(draw), showProgress(store));
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

function childrenOf(node: TreeNode | undefined, { folders }: ProjectState, grouping: Grouping): TreeNode[] {
  if (node === undefined) return [...findingTree(folders, grouping)];
  return node.kind === 'finding' ? [] : [...node.children];
}

/** Progress of a scan changes none of these, and so redraws nothing. */
function shownOf(state: ProjectState, folder: ProjectState['folders'][number]): readonly unknown[] {
  return [folder.uri, folder.findings, isCurrent(state, folder)];
}

function isOld(node: FindingNode, state: ProjectState): boolean {
  const folder = state.folders.find(({ uri }) => uri === node.folder);
  return folder === undefined || !isCurrent(state, folder);
}

function badge({ folders }: ProjectState): vscode.ViewBadge | undefined {
  const value = folders.reduce((sum, { findings }) => sum + findings.length, 0);
  return value === 0 ? undefined : { value, tooltip: plural(value, 'finding') };
}

function message(state: ProjectState): string {
  const old = state.folders.some((folder) => folder.findings.length > 0 && !isCurrent(state, folder));
  if (!old) return '';
  return state.server.kind === 'stopped'
    ? 'Querylens does not run. This is what it found last.'
    : 'Reading the project. This is what was found last.';
}

import * as vscode from 'vscode';
import { CONTEXT_KEYS } from './commandIds.ts';
import { evidenceOverview } from './evidence/evidenceOverview.ts';
import type { Grouping } from './list/findingTree.ts';
import type { Choice } from './state/choice.ts';
import { overview, total } from './state/overview.ts';
import type { ProjectState } from './state/projectState.ts';
import type { ProjectStore } from './state/projectStore.ts';

/** Keeps the keys true that menus, the view and its welcome texts depend on. */
export function createContextKeys(store: ProjectStore, grouping: Choice<Grouping>): vscode.Disposable {
  const set = keySetter();
  const draw = (): void => {
    set(CONTEXT_KEYS.state, welcomeState(store.state()));
    set(CONTEXT_KEYS.grouping, grouping.value());
    const counting = evidenceOverview(store.state());
    set(CONTEXT_KEYS.evidence, counting.allowed);
    set(CONTEXT_KEYS.measured, counting.measured);
    set(CONTEXT_KEYS.watching, counting.watching !== null);
    set(CONTEXT_KEYS.receiving, counting.receivers.length > 0);
  };
  set(CONTEXT_KEYS.active, true);
  draw();
  return vscode.Disposable.from(store.onChange(draw), grouping.onChange(draw));
}

function welcomeState(state: ProjectState): string {
  const all = overview(state);
  return all.kind === 'ready' && total(all.counts) === 0 ? 'clean' : all.kind;
}

/** Setting a key costs a message to the window, so it is sent only when the value differs. */
function keySetter(): (key: string, value: unknown) => void {
  const sent = new Map<string, unknown>();
  return (key, value) => {
    if (sent.get(key) === value) return;
    sent.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
}

import { PROOFS, type Proof, SEVERITIES, type Severity } from '#shared/finding.ts';
import type { ListedFinding } from '#shared/protocol.ts';
import type { FolderState } from '../state/projectState.ts';
import { proofLabel } from '../words.ts';

export const GROUPINGS = ['proof', 'rule', 'route'] as const;

/** What the first level of the list is. */
export type Grouping = (typeof GROUPINGS)[number];

/** A line of the list; ids are the same from one list to the next, so that what is open stays open. */
export type TreeNode = BranchNode | FindingNode;

export interface BranchNode {
  readonly kind: 'folder' | 'group' | 'file';
  readonly id: string;
  readonly label: string;
  /** Greyed text after the label. */
  readonly detail: string;
  /** Of a file or folder its address; null for groups. */
  readonly uri: string | null;
  /** The rule of a group by rule, else null. */
  readonly rule: string | null;
  readonly children: readonly TreeNode[];
  /** Different findings below; one that two routes reach counts once. */
  readonly count: number;
  readonly severity: Severity;
}

export interface FindingNode {
  readonly kind: 'finding';
  readonly id: string;
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly listed: ListedFinding;
}

/** The list as a tree: folders where there are several, then groups, files, findings. */
export function findingTree(folders: readonly FolderState[], grouping: Grouping): readonly TreeNode[] {
  const shown = folders.filter(({ findings }) => findings.length > 0);
  if (folders.length < 2) return shown.flatMap((folder) => groups(folder, grouping));
  return shown.map((folder) => ({
    ...branch('folder', folder.uri, folder.findings, groups(folder, grouping)),
    label: folder.name,
    uri: folder.uri,
  }));
}

/** How many findings a list holds, each once. */
export function countOnce(findings: readonly ListedFinding[]): number {
  return new Set(findings.map(({ finding }) => finding.id)).size;
}

function groups(folder: FolderState, grouping: Grouping): readonly TreeNode[] {
  const keyed = folder.findings.flatMap((listed) => keysOf(listed, grouping).map((key) => ({ key, listed })));
  return [...Map.groupBy(keyed, ({ key }) => key)]
    .map(([key, entries]) => {
      const id = `${folder.uri}#${grouping}:${key}`;
      const findings = entries.map(({ listed }) => listed);
      return { key, node: groupNode(id, key, grouping, findings, folder.uri) };
    })
    .sort((a, b) => rankOf(a.key, grouping) - rankOf(b.key, grouping) || byWeight(a.node, b.node))
    .map(({ node }) => node);
}

const NO_ROUTE = '';

function keysOf({ finding, routes }: ListedFinding, grouping: Grouping): readonly string[] {
  if (grouping === 'proof') return [finding.proof];
  if (grouping === 'rule') return [finding.rule];
  return routes.length === 0 ? [NO_ROUTE] : [...new Set(routes)];
}

function groupNode(
  id: string,
  key: string,
  grouping: Grouping,
  findings: readonly ListedFinding[],
  folder: string,
): BranchNode {
  return {
    ...branch('group', id, findings, files(id, findings, folder)),
    label: groupLabel(key, grouping),
    rule: grouping === 'rule' ? key : null,
  };
}

function groupLabel(key: string, grouping: Grouping): string {
  if (grouping === 'route') return key === NO_ROUTE ? 'Not reached from a route' : key;
  return isProof(key) ? proofLabel(key) : key;
}

/** The strongest proof first, what no route reaches last. */
function rankOf(key: string, grouping: Grouping): number {
  if (grouping === 'proof' && isProof(key)) return PROOFS.length - PROOFS.indexOf(key);
  return grouping === 'route' && key === NO_ROUTE ? 1 : 0;
}

function isProof(key: string): key is Proof {
  return PROOFS.some((proof) => proof === key);
}

function byWeight(a: BranchNode, b: BranchNode): number {
  const loudness = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  return loudness || b.count - a.count || (a.label < b.label ? -1 : 1);
}

function files(parent: string, findings: readonly ListedFinding[], folder: string): readonly TreeNode[] {
  return [...Map.groupBy(findings, ({ finding }) => finding.file)].map(([file, here]) => {
    const id = `${parent}/${file}`;
    const slash = file.lastIndexOf('/');
    const children = here.map((listed) => ({
      kind: 'finding' as const,
      id: `${id}#${listed.finding.id}`,
      folder,
      listed,
    }));
    return {
      ...branch('file', id, here, children),
      label: file.slice(slash + 1),
      detail: slash < 0 ? '' : file.slice(0, slash),
      uri: here[0]?.uri ?? null,
    };
  });
}

function branch(
  kind: BranchNode['kind'],
  id: string,
  findings: readonly ListedFinding[],
  children: readonly TreeNode[],
): BranchNode {
  const count = countOnce(findings);
  const present = new Set(findings.map(({ finding }) => finding.severity));
  const severity = SEVERITIES.find((name) => present.has(name)) ?? 'hint';
  return { kind, id, label: '', detail: String(count), uri: null, rule: null, children, count, severity };
}

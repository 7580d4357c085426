/** Commands of the extension; the manifest gives them titles and places. */
export const COMMANDS = {
  restart: 'querylens.restart',
  scan: 'querylens.scan',
  showRules: 'querylens.showRules',
  createBaseline: 'querylens.createBaseline',
  showReport: 'querylens.showReport',
  exportReport: 'querylens.exportReport',
  copyReport: 'querylens.copyReport',
  openSummary: 'querylens.openSummary',
  showCoverage: 'querylens.showCoverage',
  showOutput: 'querylens.showOutput',
  showVersions: 'querylens.showVersions',
  openSample: 'querylens.openSample',
  openWalkthrough: 'querylens.openWalkthrough',
  openSettings: 'querylens.openSettings',
  groupByProof: 'querylens.groupByProof',
  groupByRule: 'querylens.groupByRule',
  groupByRoute: 'querylens.groupByRoute',
  explainRule: 'querylens.explainRule',
  copySql: 'querylens.copySql',
  showSql: 'querylens.showSql',
  ingestLog: 'querylens.ingestLog',
  startWatching: 'querylens.startWatching',
  stopWatching: 'querylens.stopWatching',
  startReceiver: 'querylens.startReceiver',
  stopReceiver: 'querylens.stopReceiver',
  clearMeasurements: 'querylens.clearMeasurements',
  showUnmatched: 'querylens.showUnmatched',
  addToBaseline: 'querylens.addToBaseline',
  copyMessage: 'querylens.copyMessage',
  /** Made by VS Code for the view of that name. */
  focusFindings: 'querylens.findings.focus',
} as const;

export const FINDINGS_VIEW = 'querylens.findings';

export const REPORT_VIEW = 'querylens.report';

/** Keys for `when` clauses. */
export const CONTEXT_KEYS = {
  /** Set once the extension runs; the view is hidden before. */
  active: 'querylens.active',
  /** The kind of the overview, for the welcome texts. */
  state: 'querylens.state',
  grouping: 'querylens.grouping',
  /** Set where the active file has Prisma calls. */
  queries: 'querylens.queries',
  /** Set where measurements may be read and logs counted. */
  evidence: 'querylens.evidence',
  /** Set where there are measurements. */
  measured: 'querylens.measured',
  watching: 'querylens.watching',
  receiving: 'querylens.receiving',
} as const;

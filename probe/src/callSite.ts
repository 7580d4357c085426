import { type CallSite, sourcePlace } from './sourceMaps.ts';

/** Frames looked through for one of the application: a repository from a package may stand between it and the client. */
const DEPTH = 8;

/** Where `below` was called from; null where every frame is of packages or of Node. */
export function captureCallSite(below: (...args: never[]) => unknown): CallSite | null {
  const frame = framesAbove(below).find(isOwn);
  return frame ? siteOf(frame) : null;
}

function framesAbove(below: (...args: never[]) => unknown): readonly NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const holder: { stack?: unknown } = {};
  Error.stackTraceLimit = DEPTH;
  Error.prepareStackTrace = (_error, frames) => frames;
  try {
    Error.captureStackTrace(holder, below);
    return Array.isArray(holder.stack) ? holder.stack : [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function isOwn(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName();
  return typeof file === 'string' && !file.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(file);
}

/** Looking a place up in a source map is dear, so each is looked up once. */
const known = new Map<string, Map<number, CallSite>>();

function siteOf(frame: NodeJS.CallSite): CallSite {
  const file = frame.getFileName() ?? '';
  const position = frame.getPosition();
  const ofFile = known.get(file) ?? new Map<number, CallSite>();
  if (ofFile.size === 0) known.set(file, ofFile);
  const site = ofFile.get(position) ?? sourcePlace(file, frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
  ofFile.set(position, site);
  return site;
}

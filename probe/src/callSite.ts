import { type CallSite, sourcePlace } from './sourceMaps.ts';

/** Frames looked through where the nearest is of a package: a repository class of one may stand between the application and the client. */
const DEPTH = 16;

/** Where `below` was called from; null where every frame is of packages or of Node. */
export function captureCallSite(below: (...args: never[]) => unknown): CallSite | null {
  // Nearly always the nearest frame is the one, and each frame more costs half a microsecond.
  const frame = framesAbove(below, 1).find(isOwn) ?? framesAbove(below, DEPTH).find(isOwn);
  return frame ? siteOf(frame) : null;
}

function framesAbove(below: (...args: never[]) => unknown, depth: number): readonly NodeJS.CallSite[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  const holder: { stack?: unknown } = {};
  Error.stackTraceLimit = depth;
  Error.prepareStackTrace = framesThemselves;
  try {
    Error.captureStackTrace(holder, below);
    return Array.isArray(holder.stack) ? holder.stack : [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function framesThemselves(_error: Error, frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  return frames;
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

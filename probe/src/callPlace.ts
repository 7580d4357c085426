import { type CallSite, sourcePlace } from './sourceMaps.ts';

/** Frames looked through where the nearest is of a package: a repository class of one may stand between the application and the client. */
const DEPTH = 16;

/** So many calls with the application's own frame nearest, and that is how the method is called. */
const SURE = 50;

/** How many frames the calls of one method need: one, unless a package calls it; every further frame takes half a microsecond. */
export class Depth {
  frames = DEPTH;
  #near = 0;

  sawNearest(isOwn: boolean): void {
    if (this.#near >= 0) this.#near = isOwn ? this.#near + 1 : Number.NEGATIVE_INFINITY;
    this.frames = this.#near >= SURE ? 1 : DEPTH;
  }
}

/** A call as V8 noted it. Reading the note takes a while, so that is left for when the call is over. */
export class CallPlace {
  declare readonly stack?: unknown;
  readonly #depth: Depth;
  #site: CallSite | null | undefined;

  constructor(depth: Depth) {
    this.#depth = depth;
  }

  /** Null where every frame is of packages or of Node. */
  get site(): CallSite | null {
    if (this.#site === undefined) this.#site = this.#read();
    return this.#site;
  }

  #read(): CallSite | null {
    const frames = framesOf(this);
    const own = frames.findIndex(isOwn);
    this.#depth.sawNearest(own === 0);
    const frame = frames[own];
    return frame ? siteOf(frame) : null;
  }
}

/** Where `below` was called from. */
export function capturePlace(below: (...args: never[]) => unknown, depth: Depth): CallPlace {
  const place = new CallPlace(depth);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth.frames;
  Error.captureStackTrace(place, below);
  Error.stackTraceLimit = stackTraceLimit;
  return place;
}

function framesOf(place: CallPlace): readonly NodeJS.CallSite[] {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = framesThemselves;
  try {
    return Array.isArray(place.stack) ? place.stack : [];
  } finally {
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

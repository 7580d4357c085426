import { createHash } from 'node:crypto';

/** What of an execution's subject tells what a request did. */
interface Executed {
  readonly site: string | null;
  readonly version?: string;
  readonly part: string;
  readonly deploy?: string;
}

/** The request an execution was made for. */
export interface RequestPart {
  /** What its executions share; it is not kept as it is. */
  readonly id: string;
  /** `GET /api/orders`, without values; null where it is not known. */
  readonly route: string | null;
  /** SQL statements a call sent; null where nothing counted them. */
  readonly statements: number | null;
  /** Requests this one stands for, all calls of which are seen; 1 where missing. */
  readonly weight?: number;
}

/** What one request was seen to do, or a part of it where it goes on in another batch. */
export interface RequestTally extends RequestSums {
  /** Hash of what its executions share. */
  readonly id: Buffer;
  /** Days since 1970, of its first execution. */
  readonly day: number;
  /** Empty where it is not known. */
  readonly route: string;
  readonly source: 'call' | 'statement';
  /** Requests this one stands for, where only some are looked at. */
  readonly weight: number;
  /** Of its first execution; missing where it is not known. */
  readonly deploy?: string;
  readonly sites: readonly SiteInRequest[];
}

/** Over all call sites, those that are not known too. */
export interface RequestSums {
  readonly executions: number;
  readonly statements: number;
  readonly ms: number;
}

/** What one call site did in a request. */
export interface SiteInRequest {
  readonly site: string;
  readonly version: string;
  readonly part: string;
  readonly executions: number;
  readonly ms: number;
}

export interface RequestTallies {
  add(subject: Executed, at: number, ms: number, request: RequestPart): void;
  /** Those that were seen last come last. */
  take(): readonly RequestTally[];
}

const DAY_MS = 86_400_000;

export function createRequestTallies(): RequestTallies {
  const open = new Map<string, OpenRequest>();
  return {
    add: (subject, at, ms, { id, route, statements, weight = 1 }) => {
      const source = subject.part === 'call' ? 'call' : 'statement';
      const key = `${source} ${id}`;
      const request = open.get(key) ?? emptyRequest(source, Math.floor(at / DAY_MS), weight, subject.deploy);
      open.delete(key);
      open.set(key, request);
      if (request.route === '') request.route = route ?? '';
      if (subject.part !== 'further') request.executions += 1;
      request.statements += source === 'statement' ? 1 : (statements ?? 0);
      request.ms += ms;
      if (subject.site !== null) addSite(request.sites, subject.site, subject, ms);
    },
    take: () => {
      const requests = [...open].map(([key, { sites, ...request }]) => {
        return { ...request, id: hashOf(key), sites: [...sites.values()] };
      });
      open.clear();
      return requests;
    },
  };
}

interface OpenRequest {
  readonly source: RequestTally['source'];
  readonly day: number;
  readonly weight: number;
  readonly deploy?: string;
  route: string;
  executions: number;
  statements: number;
  ms: number;
  readonly sites: Map<string, { -readonly [Key in keyof SiteInRequest]: SiteInRequest[Key] }>;
}

function emptyRequest(source: RequestTally['source'], day: number, weight: number, deploy?: string): OpenRequest {
  return {
    source,
    day,
    weight: Math.max(1, Math.round(weight)),
    ...(deploy !== undefined && { deploy }),
    route: '',
    executions: 0,
    statements: 0,
    ms: 0,
    sites: new Map(),
  };
}

function addSite(sites: OpenRequest['sites'], site: string, { version = '', part }: Executed, ms: number): void {
  const key = `${site}\0${version}\0${part}`;
  const known = sites.get(key) ?? { site, version, part, executions: 0, ms: 0 };
  sites.set(key, known);
  known.executions += 1;
  known.ms += ms;
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, 12);
}

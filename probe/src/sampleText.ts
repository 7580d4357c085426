import type { ProbeSample } from '#shared/probeSample.ts';
import { relativePath } from './paths.ts';
import type { CalledMethod, RunningCall } from './runningCall.ts';
import type { ProbeSettings } from './settings.ts';
import type { CallSite } from './sourceMaps.ts';

type PlacePart = Pick<ProbeSample, 'file' | 'line' | 'column' | 'generated' | 'model' | 'operation'>;

type Written = Pick<ProbeSettings, 'root' | 'sample' | 'deploy'>;

/** Writes calls as the lines of `ProbeSample`; what all calls of one place have in common is written once. */
export function sampleWriter({ root, sample, deploy }: Written): (call: RunningCall) => string {
  const weight = sample > 0 ? Math.round(1 / sample) : 1;
  const running = deploy === undefined ? '' : `,"deploy":${JSON.stringify(deploy)}`;
  const known = new WeakMap<CalledMethod, Map<CallSite | null, string>>();
  const commonText = (method: CalledMethod, site: CallSite | null) => {
    const ofMethod = known.get(method) ?? new Map<CallSite | null, string>();
    if (ofMethod.size === 0) known.set(method, ofMethod);
    const text = ofMethod.get(site) ?? JSON.stringify(placePart(method, site, root)).slice(1, -1);
    ofMethod.set(site, text);
    return text;
  };
  return (call) =>
    `{"v":1,${commonText(call.method, call.place.site)}${ownText(call)}${weightText(call.request?.weight ?? weight)}${running}}`;
}

function placePart({ model, operation }: CalledMethod, site: CallSite | null, root: string): PlacePart {
  return {
    ...{ file: site && relativePath(site.file, root), line: site?.line ?? 0, column: site?.column ?? 0 },
    ...(site?.generated ? { generated: true } : {}),
    ...{ model, operation },
  };
}

/** Numbers need no escaping. */
function ownText({ at, ms, rows, failed, statements, method, request }: RunningCall): string {
  const counted = method.client.active ? `,"statements":${statements}` : '';
  const listed = rows === null ? '' : `,"rows":${rows}`;
  const asked = request ? `,${JSON.stringify(requestPart(request)).slice(1, -1)}` : '';
  return `,"at":${at},"ms":${Math.round(ms * 1000) / 1000}${counted}${listed}${failed ? ',"failed":true' : ''}${asked}`;
}

function requestPart({ id, route }: NonNullable<RunningCall['request']>): Pick<ProbeSample, 'request' | 'route'> {
  const known = route();
  return { request: id, ...(known === null ? {} : { route: known }) };
}

function weightText(weight: number): string {
  return weight === 1 ? '' : `,"weight":${weight}`;
}

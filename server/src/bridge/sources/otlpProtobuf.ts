import { KEPT_ATTRIBUTES, type ReadSpans, readSpans, type Span, wholeSpan } from './otlpSpans.ts';
import { addAttribute, bytesField, eachField, eachMessage, fixed64Field, textField } from './protobufFields.ts';
import { deployOfResource, isDeployAttribute } from './resourceDeploy.ts';

/** The spans of an ExportTraceServiceRequest in protobuf's binary form; null for what is none. */
export function spansOfProtobuf(bytes: Uint8Array): ReadSpans | null {
  try {
    const spans: (Span | null)[] = [];
    eachMessage(bytes, 1, (resource) => {
      const deploy = deployIn(resource);
      const scope = (scope: Uint8Array) => eachMessage(scope, 2, (span) => spans.push(spanOf(span, deploy)));
      eachMessage(resource, 2, scope);
    });
    return readSpans(spans);
  } catch {
    return null;
  }
}

function deployIn(resource: Uint8Array): string | undefined {
  const attributes = new Map<string, string | number>();
  eachMessage(resource, 1, (about) =>
    eachMessage(about, 1, (attribute) => addAttribute(attribute, attributes, isDeployAttribute)),
  );
  return deployOfResource(attributes);
}

function spanOf(bytes: Uint8Array, deploy: string | undefined): Span | null {
  const ids: Record<'trace' | 'id' | 'parent', string | null> = { trace: null, id: null, parent: null };
  let name: string | null = null;
  let [start, end]: [bigint | null, bigint | null] = [null, null];
  const attributes = new Map<string, string | number>();
  const id = (which: keyof typeof ids) =>
    bytesField((bytes) => {
      ids[which] = bytes.length === 0 ? null : Buffer.from(bytes).toString('hex');
    });
  eachField(bytes, {
    1: id('trace'),
    2: id('id'),
    4: id('parent'),
    5: textField((text) => {
      name = text || null;
    }),
    7: fixed64Field((time) => {
      start = time;
    }),
    8: fixed64Field((time) => {
      end = time;
    }),
    9: bytesField((attribute) => addAttribute(attribute, attributes, (key) => KEPT_ATTRIBUTES.has(key))),
  });
  return wholeSpan({ ...ids, name, start, end, attributes, deploy });
}

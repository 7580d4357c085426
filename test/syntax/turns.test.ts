import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Span } from '#shared/location.ts';
import { extractFacts } from '#syntax/extractFacts.ts';
import type { TurnFact } from '#syntax/turnFact.ts';

/** One word per thing worth knowing of the first turn in an async function: `slot=…`, `alone`, `inner=x:element`. */
function check(body: string, expected: string, wrap = (code: string) => `async function w(xs, y) {\n${code}\n}`): void {
  test(`turns: ${body}`, () => {
    const text = wrap(body);
    const [turn] = extractFacts('file.ts', text).turns;
    assert.equal(turn ? print(turn, text) : 'none', expected);
  });
}

function print(turn: TurnFact, text: string): string {
  const cut = (span: Span | null) => (span ? text.slice(span.start, span.end) : 'none');
  const inner = turn.inner
    .map(({ span, from, read }) => `${cut(span)}:${read ? [from, ...read.path].join('.') : from}`)
    .join('+');
  const before = turn.before === null ? 'none' : text.slice(turn.before, turn.before + 5);
  const flags = (['tested', 'plainOver', 'unsteady', 'guarded', 'tried', 'alone'] as const).filter(
    (name) => turn[name],
  );
  return [`slot=${cut(turn.slot)}`, `element=${cut(turn.element)}`, `inner=${inner}`, `before=${before}`, ...flags]
    .concat(
      turn.declares ? [`declares=${turn.declares.name}`] : [],
      turn.all ? [`all=${cut(turn.all.span).slice(0, 13)}`] : [],
    )
    .concat(turn.asyncWord ? ['async'] : [], turn.statement ? ['statement'] : [])
    .join(' ');
}

check(
  'for (const x of xs) { const u = await p.u.get({ where: { id: x.id } }); f(u); }',
  'slot=await p.u.get({ where: { id: x.id } }) element=x inner=x:element.id before=for ( plainOver declares=u statement',
);
check(
  'for (const { id } of xs) { if (!id) continue; const k = id; f(await p.u.get({ where: { k, y } })); }',
  'slot=await p.u.get({ where: { k, y } }) element={ id } inner=k:body before=for ( plainOver guarded statement',
);
check(
  'for (const x of xs) if (await p.u.get({ where: { x } })) f();',
  'slot=await p.u.get({ where: { x } }) element=x inner=x:element before=for ( tested plainOver statement',
);
check(
  'for (const x of await list()) { try { await p.u.set({ data: { x: await f(x) } }); } catch {} }',
  'slot=await p.u.set({ data: { x: await f(x) } }) element=x inner=x:element before=for ( unsteady tried statement',
);
check(
  'for (const x of xs) { await p.u.set({ data: { x } }); }',
  'slot=await p.u.set({ data: { x } }) element=x inner=x:element before=for ( plainOver alone statement',
);
check(
  'if (y) for (const x of xs) await p.u.set({ data: { x } });',
  'slot=await p.u.set({ data: { x } }) element=x inner=x:element before=none plainOver alone',
);
check(
  'const r = await Promise.all(xs.map(async (x, i) => ({ x, u: await p.u.get({ where: { x } }) })));',
  'slot=await p.u.get({ where: { x } }) element=x, i inner=x:element before=const plainOver all=await Promise async',
);
check(
  'await Promise.all(xs.map((x) => p.u.set({ data: { x } })));',
  'slot=p.u.set({ data: { x } }) element=x inner=x:element before=await plainOver alone all=await Promise statement',
);
check(
  'return y ? Promise.all(xs.map(async (x) => { await f(); return p.u.get({ where: { x } }); })) : [];',
  'slot=p.u.get({ where: { x } }) element=x inner=x:element before=none plainOver all=Promise.all(x',
);
check(
  'Promise.all(xs.map((x) => p.u.get({ where: { x } })));',
  'slot=p.u.get({ where: { x } }) element=x inner=x:element before=none plainOver alone all=Promise.all(x',
  (code) => `function w(xs) { return ${code} }`,
);
check(
  'for (const x of xs) { f((await p.u.get({ where: { x } }))?.name ?? (await p.u.get({ where: { y } })).name); }',
  'slot=await p.u.get({ where: { x } }) element=x inner=x:element before=for ( plainOver statement',
);
check(
  'for (const x of xs) { const u = (await p.u.get({ where: { x } }).catch(f)); }',
  'slot=none element=x inner=x:element before=for ( plainOver statement',
);
check(
  'for (const x of xs) { const u: User = await p.u.get({ where: { x } }); }',
  'slot=await p.u.get({ where: { x } }) element=x inner=x:element before=for ( plainOver statement',
);
check('for (const x of xs) { await get({ where: { x } }); await p.u.get(x); await p.u.get({ name: x }); }', 'none');
check('await p.u.get({ where: { y } });', 'none');

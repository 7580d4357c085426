import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAncestor, isParameter } from '#syntax/compiler.ts';
import type { CallNode } from '#syntax/nodeKinds.ts';
import { usageOfCall, usageOfParameter } from '#syntax/usage/usageExtraction.ts';
import { markedSource } from './markedSource.ts';
import { printUses } from './usagePrint.ts';

type Cases = readonly (readonly [string, readonly string[]])[];

/** The uses of the marked call's value; statements stand in a function `w`, declarations for themselves. */
function check(what: string, cases: Cases): void {
  for (const [body, expected] of cases) {
    test(`usage: ${what}: ${body}`, () => {
      const source = markedSource(isModule(body) ? body : `async function* w() { ${body} }`);
      assert.deepEqual(printUses(source, usageOfCall(source.context, source.node as CallNode)), expected);
    });
  }
}

function isModule(body: string): boolean {
  return /^(@|import|export|class)|export \{/.test(body);
}

/** The uses of the parameter the mark stands in. */
function checkParameter(cases: Cases): void {
  for (const [text, expected] of cases) {
    test(`usage: parameter: ${text}`, () => {
      const source = markedSource(text);
      const parameter = findAncestor(source.node, isParameter);
      assert.ok(parameter !== undefined);
      assert.deepEqual(printUses(source, usageOfParameter(source.context, parameter)), expected);
    });
  }
}

check('where a value goes', [
  ['await «q()»;', []],
  ['const u = await «q()»;', []],
  ['const u = await «q()»; u.name;', []],
  ['const u = (await «q()») as User; f(u!.name);', ['pass name → f(0)']],
  ['const u = await «q()»; const n = u.name; return n;', ['return name from w']],
  ["const n = (await «q()»).profile.bio; if (n === 'x') g();", ['read profile.bio']],
  ["const u = await «q()»; return u?.profile?.['bio'] ?? 'none';", ['return profile.bio from w']],
  ['let u = null; u = await «q()»; return u.name;', ['return name from w']],
  ['let u; if (c) u = await «q()»; else u = other(); return u.name;', ['return name from w']],
  ['const u = c ? await «q()» : null; return u?.name;', ['return name from w']],
  ['const u = (await «q()») ?? (await p()); return u.name;', ['return name from w']],
  ['const u = cached || (await «q()»); return u.name;', ['return name from w']],
  ['const f = () => u.name; const u = await «q()»;', ['return name from w.f']],
  ['const a = await «q()»; const b = a; const { name } = b; return name;', ['return name from w']],
  ['for (const u = await «q()»; u.next; ) g();', ['test next']],
]);

check('destructuring', [
  ['const { name, profile: { bio } } = await «q()»; f(name, bio);', ['pass name → f(0)', 'pass profile.bio → f(1)']],
  ["const { name: n = 'x' } = await «q()»; f(n);", ['pass name → f(0)']],
  ['const { unused } = await «q()»;', []],
  ['const { password, ...safe } = await «q()»; return safe;', ['escape whole (spread)']],
  ['const { password, ...rest } = await «q()»;', []],
  ['const [first, , third] = await «q()»; f(first.a, third.b);', ['pass [].a → f(0)', 'pass [].b → f(1)']],
  ['const [{ id }, ...others] = await «q()»; f(id); others.map((o) => o.name);', ['pass [].id → f(0)']],
  ['const { [key]: x } = await «q()»; f(x);', ['escape whole (dynamic-key)']],
  ['let a, b; ({ a, b: [b] } = await «q()»); f(a, b);', ['pass a → f(0)', 'pass b.[] → f(1)']],
  ['let first; [first] = await «q()»; f(first.id);', ['pass [].id → f(0)']],
]);

check('tests, lengths and comparisons', [
  ["const u = await «q()»; if (!u) throw new Error('none');", ['test whole']],
  ['const u = await «q()»; if (u == null || undefined === u) g();', ['test whole', 'test whole']],
  ['const u = await «q()»; return !!u;', ['test whole']],
  ['const u = await «q()»; return u ? 1 : 2;', ['test whole']],
  ['const u = await «q()»; return u && u.name;', ['test whole', 'return name from w']],
  ['const u = await «q()»; while (u.active) g();', ['test active']],
  ['const u = await «q()»; return Boolean(u);', ['test whole']],
  ["const u = await «q()»; return typeof u === 'object' && 'name' in u;", ['test whole', 'test whole']],
  ['const rows = await «q()»; return rows.length;', ['length whole']],
  ['const rows = await «q()»; if (!rows.length || rows[0].tags.length > 2) g();', ['length whole', 'length [].tags']],
  ["const u = await «q()»; return u.role === 'ADMIN';", ['read role']],
  ['const u = await «q()»; return u.age + 1;', ['read age']],
  ["const u = await «q()»; switch (u.role) { case 'A': g(); }", ['read role']],
  [`const u = await «q()»; return \`Hello \${u.name}\`;`, ['read name']],
  [`const u = await «q()»; return sql\`SELECT \${u.id}\`;`, ['pass id → sql(1)']],
  ['const u = await «q()»; u.count++; u.total += 2;', ['read count', 'read total']],
  ["const u = await «q()»; u.name = 'x'; delete u.password;", []],
  ['const u = await «q()»; return lookup[u.id];', ['read id']],
]);

check('list methods', [
  ['const rows = await «q()»; for (const row of rows) f(row.id);', ['pass [].id → f(0)']],
  [
    'const rows = await «q()»; for (const { id, tags: [tag] } of rows) f(id, tag);',
    ['pass [].id → f(0)', 'pass [].tags.[] → f(1)'],
  ],
  ['let row; for (row of await «q()») f(row.id);', ['pass [].id → f(0)']],
  ['(await «q()»).forEach((row, i, all) => f(row.id, all.length));', ['pass [].id → f(0)', 'length whole']],
  ['const ids = (await «q()»).map((row) => row.id); return ids;', ['return [].id from w at []']],
  ['return (await «q()»).map(({ id, ...rest }) => rest.name);', ['escape [] (spread)']],
  [
    'const rows = (await «q()»).filter((r) => r.active).slice(0, 3); return rows[0].name;',
    ['test [].active', 'return [].name from w'],
  ],
  ['const rows = (await «q()»).filter(Boolean); return rows.map((r) => r.id);', ['return [].id from w at []']],
  [
    'const row = (await «q()»).find((r) => r.slug === s); return row?.title;',
    ['read [].slug', 'return [].title from w'],
  ],
  ['return (await «q()»).some((r) => r.late) || (await p()).every((r) => r.x);', ['test [].late']],
  [
    'const rows = (await «q()»).sort((a, b) => a.rank - b.rank); return rows.at(-1).name;',
    ['read [].rank', 'read [].rank', 'return [].name from w'],
  ],
  [
    'const rows = (await «q()»).toSorted(byRank).reverse(); return rows.pop().name;',
    ['method whole .toSorted()', 'return [].name from w'],
  ],
  [
    'const ids = (await «q()»).flatMap((r) => r.tags.map((t) => t.id)); return ids;',
    ['return [].tags.[].id from w at []', 'return [].tags.[].id from w at [].[]'],
  ],
  [
    'const tags = (await «q()»).flatMap((r) => r.tags); return tags.map((t) => t.name);',
    ['return [].tags.[].name from w at []', 'return [].tags.name from w at []'],
  ],
  ['const total = (await «q()»).reduce((sum, r) => sum + r.price, 0); return total;', ['read [].price']],
  [
    'const by = (await «q()»).reduce((acc, r) => { acc[r.id] = r; return acc; }, {}); return by[x].name;',
    ['read [].id', 'return [].name from w'],
  ],
  [
    'const by = (await «q()»).reduce((acc, r) => ({ ...acc, [r.id]: r.name }), {}); return by.z;',
    ['read [].id', 'return [].name from w'],
  ],
  [
    'const last = (await «q()»).reduce((a, b) => (a.at > b.at ? a : b)); return last.name;',
    ['read [].at', 'read [].at', 'return [].name from w'],
  ],
  [
    'const rows = await «q()»; return rows[i].name + rows[rows.length - 1].id;',
    ['read [].name', 'read [].id', 'length whole'],
  ],
  ['const rows = await «q()»; return rows.concat(more).map((r) => r.id);', ['return [].id from w at []']],
  ['const rows = await «q()»; return more.concat(rows).map((r) => r.id);', ['return [].id from w at []']],
  ['const rows = [...(await «q()»), extra]; return rows.map((r) => r.id);', ['return [].id from w at []']],
  ["const rows = await «q()»; return [...rows].flat().join(', ');", ['read []']],
  ['const rows = await «q()»; const ids = new Set(rows.map((r) => r.id)); return ids.has(x);', []],
  [
    'const [a] = await Promise.all((await «q()»).map(async (r) => ({ n: r.name, extra: await g(r.id) }))); return a.n;',
    ['pass [].id → g(0)', 'return [].name from w'],
  ],
  ['for (const [i, r] of (await «q()»).entries()) f(i, r.name);', ['pass [].name → f(1)']],
  ['const rows = await «q()»; return Array.from(rows, (r) => r.id);', ['return [].id from w at []']],
  ['const rows = await «q()»; return pMap(rows, async (r) => r.id);', ['return [].id from w at []']],
  ["const rows = await «q()»; return _.sortBy(rows, 'at');", ['pass whole → sortBy(0)']],
  ['const rows = await «q()»; return rows.map(toView);', ['method whole .map()']],
  [
    'function toView(r) { return { id: r.id }; } const rows = await «q()»; return rows.map(toView);',
    ['return [].id from w.toView at id'],
  ],
  [
    'const toView = ({ id, at: { day } }) => [id, day]; return (await «q()»).map(toView);',
    ['return [].id from w.toView at []', 'return [].at.day from w.toView at []'],
  ],
  ['const names = (await «q()»).map(String); f(names);', ['read []']],
  ['const rows = await «q()»; for (const i in rows) f(i);', ['escape whole (dynamic-key)']],
  ['const rows = await «q()»; rows.push(extra); rows.custom();', ['method whole .custom()']],
]);

check('promises', [
  ['«q()».then((u) => u.name);', []],
  [
    'return «q()».then(({ rows }) => rows.map((r) => r.id)).catch(() => []).finally(() => done());',
    ['return rows.[].id from w at []'],
  ],
  ['«q()».then(function (u) { return u.profile; }).then((p) => f(p.bio));', ['pass profile.bio → f(0)']],
  ['«q()».then(save);', ['escape whole (other)']],
  ['const p = «q()»; const u = await p; return u.name;', ['return name from w']],
  [
    'const [users, n] = await Promise.all([«q()», p()]); return users.map((u) => u.name).concat(n.name);',
    ['return [].name from w at []'],
  ],
  ['const [a, b] = await prisma.$transaction([p(), «q()»]); return a.x + b.y;', ['read y']],
  [
    "const [first] = await Promise.allSettled([«q()»]); if (first.status === 'fulfilled') f(first.value.name);",
    ['pass name → f(0)'],
  ],
  ['const jobs = []; jobs.push(«q()»); const [u] = await Promise.all(jobs); return u.name;', ['return name from w']],
  [
    'const u = await prisma.$transaction(async (tx) => { const row = await «q()»; return row; }); return u.name;',
    ['return name from w'],
  ],
  ['const u = await Promise.race([«q()», late()]); return u.name;', ['return name from w']],
]);

check('containers', [
  ['const page = { items: await «q()», total: 3 }; return page.items.map((x) => x.id).length + page.total;', []],
  [
    'const user = await «q()»; const box = { user }; const { user: { name } } = box; return name;',
    ['return name from w'],
  ],
  ['const user = await «q()»; return { ok: true, data: { user: user.name } };', ['return name from w at data.user']],
  ['const box = {}; box.user = await «q()»; return box.user.name;', ['return name from w']],
  ['const byId = new Map((await «q()»).map((r) => [r.id, r])); return byId.get(x)?.name;', ['return [].name from w']],
  [
    'const byId = new Map(); for (const r of await «q()») byId.set(r.id, r); return [...byId.values()].map((r) => r.name);',
    ['return [].name from w at []'],
  ],
  [
    'const byId = new Map(); for (const r of await «q()») byId.set(r.id, r); for (const [id, r] of byId) f(id, r.name);',
    ['pass [].id → f(0)', 'pass [].name → f(1)'],
  ],
  [
    'const byId = new Map(); for (const r of await «q()») { const g = byId.get(r.k) ?? []; g.push(r.name); byId.set(r.k, g); } return byId;',
    ['pass [].k → get(0)', 'escape [].name (stored)', 'escape [].k (stored)'],
  ],
  [
    'const byId = Object.fromEntries((await «q()»).map((r) => [r.id, r.name])); return byId[x];',
    ['return [].id from w', 'return [].name from w'],
  ],
  [
    'const groups = Object.groupBy(await «q()», (r) => r.kind); return Object.values(groups).map((g) => g[0].name);',
    ['read [].kind', 'return [].name from w at []'],
  ],
  ['const groups = Object.groupBy(await «q()», ({ kind }) => kind); return groups.a.length;', ['read [].kind']],
  [
    'const out = []; for (const r of await «q()») out.push({ id: r.id, who: r.user }); return out.map((o) => o.who.name);',
    ['return [].user.name from w at []'],
  ],
  [
    'const by = {}; for (const r of await «q()») (by[r.k] ??= []).push(r.name); return by;',
    ['read [].k', 'escape [].name (stored)'],
  ],
  [
    'const seen = new Set(); for (const r of await «q()») seen.add(r); seen.forEach((r) => f(r.name));',
    ['pass [].name → f(0)'],
  ],
  ['const a = { ...(await «q()»), extra: 1 }; return a.name;', ['return name from w']],
  ['const a = Object.assign({}, await «q()»); return a.name;', ['return name from w']],
  [
    'const rows = await «q()»; const copy = rows.map((r) => ({ ...r, at: r.at.toISOString() })); return copy;',
    ['read [].at', 'return [] from w at []'],
  ],
]);

check('passed on', [
  [
    'const u = await «q()»; send(u); mail.send(u.email, { to: u });',
    ['pass whole → send(0)', 'pass email → send(0)', 'pass whole → send(1) at to'],
  ],
  ['send({ user: await «q()», list: [await p()] });', ['pass whole → send(0) at user']],
  ['const rows = await «q()»; send(...rows);', ['escape whole (spread)']],
  ['const u = await «q()»; new View(u); new Date(u.at); new Set([u.tag]);', ['pass whole → View(0)', 'read at']],
  ['const u = await «q()»; items.map((item) => price(item, u.rate));', ['pass rate → price(1)']],
  ['const rows = await «q()»; return Math.max(...rows.map((r) => r.x));', ['read [].x']],
  ['const u = await «q()»; return Number(u.total) + parseInt(u.age, 10);', ['read total', 'read age']],
  ['const byId = {}; for (const r of await «q()») byId[r.id] = r; send(byId);', ['read [].id', 'escape [] (stored)']],
]);

check('given back', [
  ['return «q()»;', ['return whole from w']],
  ['return { user: await «q()» };', ['return whole from w at user']],
  ['const list = async () => «q()»;', ['return whole from w.list']],
  ['const u = await «q()»; return [u.name, u.id];', ['return name from w at []', 'return id from w at []']],
  ['const u = await «q()»; return () => u.name;', ['return name from w.function#0']],
  ['yield await «q()»;', ['escape whole (other)']],
  ['const u = await «q()»; throw u;', ['escape whole (other)']],
]);

check('drawn', [
  [
    'const u = await «q()»; return <Card user={u} title={u.name} key={u.id} />;',
    ['pass whole → Card(0) at user', 'pass name → Card(0) at title', 'read id'],
  ],
  [
    'const u = await «q()»; return <p className={u.css}>{u.name} {u.tags.map((t) => <Tag key={t.id} tag={t} />)}</p>;',
    ['read css', 'read name', 'read tags.[].id', 'pass tags.[] → Tag(0) at tag'],
  ],
  ['const u = await «q()»; return <Card {...u} />;', ['pass whole → Card(0)']],
  ['const u = await «q()»; return <Box><b>{u.a}</b>{u.b}</Box>;', ['read a', 'pass b → Box(0) at children']],
  ['const u = await «q()»; return <>{u ? <p>{u.name}</p> : null}</>;', ['test whole', 'read name']],
  ['const u = await «q()»; return <div {...u} />;', ['escape whole (spread)']],
]);

check('leaves', [
  ['const u = await «q()»; return u.name.trim().toUpperCase();', ['read name']],
  [
    'const u = await «q()»; return u.createdAt.toISOString() + u.price.toFixed(2) + u.total.toNumber();',
    ['read createdAt', 'read price', 'read total'],
  ],
  ["const u = await «q()»; return u.tags.includes('x') || u.tags.join(', ');", ['read tags', 'read tags']],
  ['const u = await «q()»; return u.posts({ take: 1 });', ['method whole .posts()']],
  ['const u = await «q()»; return u.name.slice(0, 3);', ['return name from w']],
]);

check('escapes', [
  ['const u = await «q()»; this.user = u;', ['escape whole (stored)']],
  ['const u = await «q()»; cache.user = u; exports.user = u;', ['escape whole (stored)', 'escape whole (stored)']],
  ['const u = await «q()»; return u[key];', ['escape whole (dynamic-key)']],
  ['const u = await «q()»; for (const k in u) f(k);', ['escape whole (dynamic-key)']],
  [
    'const u = await «q()»; return Object.values(u).length + Object.keys(u).length;',
    ['escape whole (dynamic-key)', 'escape whole (dynamic-key)'],
  ],
  ['const u = await «q()»; return JSON.stringify(u);', ['escape whole (serialised)']],
  ['const u = await «q()»; res.status(200).json({ user: u });', ['escape whole (serialised)']],
  ['const u = await «q()»; return NextResponse.json(u.name);', ['escape name (serialised)']],
  ['const u = await «q()»; reply.code(200).send(u);', ['escape whole (serialised)']],
  ['const u = await «q()»; return c.json({ u });', ['escape whole (serialised)']],
  ['const u = await «q()»; console.log(u);', ['escape whole (serialised)']],
  ['const u = await «q()»; return u.toJSON();', ['escape whole (serialised)']],
  ['const u = await «q()»; shared.push(u);', ['escape whole (stored)']],
  ["const u = await «q()»; store.set('u', u);", ['escape whole (stored)']],
  [
    'let node = await «q()»; while (node) { f(node.id); node = node.parent; }',
    [
      'test whole',
      'test parent',
      'escape parent.parent (other)',
      'escape parent.parent (other)',
      'pass id → f(0)',
      'pass parent.id → f(0)',
      'escape parent.parent (other)',
    ],
  ],
  ['const u = await «q()»; return [...u.name];', ['return name.[] from w at []']],
  ['const rows = await «q()»; return { ...rows };', ['return whole from w']],
  ['const u = await «q()»; return u as unknown as Other;', ['return whole from w']],
  ['const { a } = (await «q()») ?? {}; f(a);', ['pass a → f(0)']],
  ['@Decorate(«q()») class A {}', ['pass whole → Decorate(0)']],
]);

check('list functions of libraries', [
  ["import _ from 'lodash'; _.sortBy(«q()», 'at').map((r) => f(r.id));", ['read [].at', 'pass [].id → f(0)']],
  ["import { keyBy } from 'lodash'; f(keyBy(«q()», 'id')[x].name);", ['pass [].name → f(0)', 'read [].id']],
  [
    "import groupBy from 'lodash/groupBy'; for (const list of Object.values(groupBy(«q()», (r) => r.kind))) f(list[0].name);",
    ['read [].kind', 'pass [].name → f(0)'],
  ],
  [
    "import { uniqBy, sumBy } from 'es-toolkit'; f(sumBy(uniqBy(«q()», (r) => r.id), (r) => r.price));",
    ['read [].id', 'read [].price'],
  ],
  ["import { pick } from 'lodash'; f(pick(«q()», ['id', 'name']));", ['read id', 'read name']],
  ["import { omit } from 'lodash'; f(omit(«q()», ['id']));", ['pass whole → omit(0)']],
  [
    "import { chunk } from 'lodash'; for (const part of chunk(«q()», 100)) f(part.map((r) => r.id));",
    ['pass [].id → f(0) at []'],
  ],
  ["import { sortBy } from './own'; sortBy(«q()», 'at');", ['pass whole → sortBy(0)']],
]);

check('exported', [
  ['export const users = «q()»;', ['escape whole (other)']],
  ['const users = «q()»; export { users };', ['escape whole (other)']],
  ['export default «q()»;', ['escape whole (other)']],
  ['export const load = async () => (await «q()»).name;', ['return name from load']],
  ['class Store { users = «q()»; }', ['escape whole (stored)']],
]);

checkParameter([
  ['function f(«user») { return user.name; }', ['return name from f']],
  ['const f = ({ «a», b: { c } = {} }) => c + a;', ['read b.c', 'read a']],
  ['const f = ({ a, ...«rest» }) => g(rest);', ['escape whole (spread)']],
  [
    'const f = async («id» = 1) => prisma.user.findUnique({ where: { id } });',
    ['pass whole → findUnique(0) at where.id'],
  ],
  [
    'class A { constructor(private readonly «repo») { repo.init(); } }',
    ['escape whole (stored)', 'method whole .init()'],
  ],
  ['class A { constructor(private readonly «repo») {} }', ['escape whole (stored)']],
  ['function f(...«args») { return args[0].x + args.length; }', ['read [].x', 'length whole']],
  ['abstract class A { abstract f(«x»): void; }', []],
  ['function f(«x»): void; function f(y) { return y; }', []],
  [
    'const Row = ({ «user»: { name }, onClick }) => <li onClick={onClick}>{name}</li>;',
    ['read onClick', 'read user.name'],
  ],
  [
    'const Row = («props») => <li>{props.user.name}<Badge {...props} /></li>;',
    ['read user.name', 'pass whole → Badge(0)'],
  ],
  [
    'app.get(async («req», res) => { const { id } = req.params; res.json(await load(id, req.query.page)); });',
    ['pass params.id → load(0)', 'pass query.page → load(1)'],
  ],
  ['async function POST(«request») { const { name } = await request.json(); return name; }', ['method whole .json()']],
  ['function f(«rows») { const seen = new Map(); for (const r of rows) seen.set(r.id, r); return seen.size; }', []],
  ['function f(«cb») { return cb(1); }', ['read whole']],
  [
    'function f(«user») { user = { ...user, name: user.name.trim() }; return user.name; }',
    ['read name', 'return name from f'],
  ],
  ['const f = («a») => { const inner = () => a.x; return inner; };', ['return x from f.inner']],
  ["set.on('x', («e») => void e.y);", []],
]);

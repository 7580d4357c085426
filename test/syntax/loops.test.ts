import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '#syntax/extractFacts.ts';
import { printLoops } from './loopPrint.ts';

/** The loops of some statements in a function. */
function check(what: string, cases: readonly (readonly [string, readonly string[]])[]): void {
  for (const [body, expected] of cases) {
    test(`loops: ${what}: ${body}`, () => assert.deepEqual(printLoops(`async function w() { ${body} }`), expected));
  }
}

check('statements', [
  ['for (const x of xs) await q(x);', ['for-of xs: each in turn']],
  ['for (const k in o) await q(k);', ['for-in o: each in turn']],
  ['for await (const x of rows()) await q(x);', ['for-await rows(): each in turn']],
  ['for (let i = 0; i < xs.length; i++) await q(xs[i]);', ['for xs: each in turn']],
  ['while (cond()) await q();', ['while nothing: unknown in turn']],
  ['do { await q(); } while (cond());', ['do-while nothing: unknown in turn']],
  ['for (const x of xs) work.push(q(x));', ['for-of xs: each at once']],
  ['for (const x of xs) { const y = await q(x); if (y.ok) return y; }', ['for-of xs: each in turn']],
  ['for (const x of xs) { if (!x.on) continue; await q(x); }', ['for-of xs: each in turn']],
  ['for (let i = 0; i < count; i += 2) await q(i);', ['for nothing: each in turn']],
  ['let i = 0; while (i < xs.length) { await q(xs[i]); i++; }', ['while xs: each in turn']],
  ['while (queue.length > 0) { const x = queue.shift(); await q(x); }', ['while queue: each in turn']],
  ['let m; while ((m = re.exec(text)) !== null) await q(m[1]);', ['while nothing: each in turn']],
]);

check('callbacks', [
  ['xs.map((x) => q(x));', ['xs.map: each at once']],
  ['xs.forEach(async (x) => { await q(x); });', ['xs.forEach: each at once']],
  ['await Promise.all(xs.filter(Boolean).map(async (x) => q(x)));', ['xs.filter(Boolean).map: each at once']],
  ['xs.flatMap(function (x) { return q(x); });', ['xs.flatMap: each at once']],
  ['if (xs.some((x) => q(x)) || xs.every((x) => q(x))) f();', ['xs.some: each at once', 'xs.every: each at once']],
  [
    'xs.find((x) => q(x)); xs.findIndex((x) => q(x)); xs.findLast((x) => q(x));',
    ['xs.find: each at once', 'xs.findIndex: each at once', 'xs.findLast: each at once'],
  ],
  ['xs.sort((a, b) => a - b);', []],
  ['xs.reduce(async (prev, x) => { await prev; return q(x); }, Promise.resolve());', ['xs.reduce: each in turn']],
  ['xs.reduce((p, x) => p.then(() => q(x)), Promise.resolve());', ['xs.reduce: each in turn']],
  ['xs.reduce((sum, x) => sum + x, 0);', ['xs.reduce: each at once']],
  ['ids.map(loadUser);', ['ids.map: each at once']],
  ['ids.map(this.loadUser);', ['ids.map: each at once']],
  ['ids.map(this.loadUser.bind(this));', ['ids.map: each at once']],
  ['ids.map(String); ids.filter(Boolean);', []],
  ['Array.from(xs, async (x) => q(x));', ['Array.from: each at once']],
  ['Array.from(set).map((x) => q(x));', ['Array.from(set).map: each at once']],
  ['Object.entries(o).map(([k, v]) => q(k, v));', ['Object.entries(o).map: each at once']],
  ['new Map(xs).forEach((v, k) => q(k));', ['new Map(xs).forEach: each at once']],
  ['rows.values().map((x) => q(x)).toArray();', ['rows.values().map: each at once']],
  ['pMap(xs, async (x) => q(x));', ['pMap: each at once']],
  ['pMap(xs, async (x) => q(x), { concurrency: 4 });', ['pMap: each in turn']],
  ['pMap(xs, loadUser);', ['pMap: each at once']],
  ['xs.map((x) => limit(() => q(x)));', ['xs.map: each in turn']],
  ['pMapSeries(xs, (x) => q(x));', ['pMapSeries: each in turn']],
  ['async.eachLimit(xs, 5, async (x) => q(x));', ['async.eachLimit: each in turn']],
  ['async.mapSeries(xs, q);', ['async.mapSeries: each in turn']],
  ['Promise.map(xs, (x) => q(x));', ['Promise.map: each at once']],
  ['Bluebird.each(xs, (x) => q(x));', ['Bluebird.each: each at once']],
  ['_.map(xs, (x) => q(x));', ['_.map: each at once']],
  ['_.forEach(xs, (x) => q(x));', ['_.forEach: each at once']],
  ['Effect.forEach(xs, (x) => q(x));', ['Effect.forEach: each in turn']],
  ["Effect.forEach(xs, (x) => q(x), { concurrency: 'unbounded' });", ['Effect.forEach: each at once']],
  [
    'await PromisePool.withConcurrency(4).for(xs).process(async (x) => q(x));',
    ['PromisePool.withConcurrency(4).for(xs).process: each in turn'],
  ],
  ['queue.addAll(xs.map((x) => () => q(x)));', ['xs.map: each at once']],
  [
    "fs.createReadStream(file).pipe(csv()).on('data', async (row) => q(row));",
    ['fs.createReadStream(file).pipe(csv()).on: each at once'],
  ],
  ["emitter.on('data', (row) => q(row));", []],
  ['React.Children.map(children, (child) => q(child));', ['React.Children.map: each at once']],
  ['z.object({}).map((x) => q(x));', []],
  ['z.array(z.string()).transform((x) => q(x));', []],
  ['ok(x).map((v) => q(v)); Option.of(x).map((v) => q(v));', []],
  ['users$.map((v) => q(v)); this.users$.map((v) => q(v));', []],
  ['from(xs).pipe(map((x) => q(x)));', []],
  ['repo.find({ where: 1 });', []],
  ['repo.map.get(x);', []],
  ['_.times(3, () => q());', ['_.times: counted 3 at once']],
  ['parallel(5, xs, async (x) => q(x));', ['parallel: each in turn']],
]);

check('literal', [
  ["for (const x of ['a', 'b']) await q(x);", ["for-of ['a', 'b']: literal 2 in turn"]],
  ["for (const x of ['a', ...['b', 'c']]) await q(x);", ["for-of ['a', ...['b', 'c']]: literal 3 in turn"]],
  ["for (const x of ['a', ...more]) await q(x);", ["for-of ['a', ...more]: each in turn"]],
  ["const KINDS = ['a', 'b', 'c'] as const; for (const k of KINDS) await q(k);", ['for-of KINDS: literal 3 in turn']],
  ["const KINDS = Object.freeze(['a', 'b']); KINDS.map((k) => q(k));", ['KINDS.map: literal 2 at once']],
  ['const list = []; list.push(x); for (const k of list) await q(k);', ['for-of list: each in turn']],
  [
    'const LIMITS = { a: 1, b: 2 }; for (const [k] of Object.entries(LIMITS)) await q(k);',
    ['for-of Object.entries(LIMITS): literal 2 in turn'],
  ],
  [
    'const LIMITS = { a: 1, ...other }; for (const k of Object.values(LIMITS)) await q(k);',
    ['for-of Object.values(LIMITS): each in turn'],
  ],
  [
    'enum Role { A, B, C } for (const r of Object.values(Role)) await q(r);',
    ['for-of Object.values(Role): literal 3 in turn'],
  ],
  ["for (const x of c ? ['a'] : ['a', 'b']) await q(x);", ["for-of c ? ['a'] : ['a', 'b']: literal 2 in turn"]],
  [
    "['a', 'b', 'c'].filter((x) => x).map((x) => q(x));",
    ["['a', 'b', 'c'].filter((x) => x).map: literal 3 at once", "['a', 'b', 'c'].filter: literal 3 at once"],
  ],
  ["new Set(['a', 'b']).forEach((x) => q(x));", ["new Set(['a', 'b']).forEach: literal 2 at once"]],
  ["let kinds = ['a']; kinds = more; for (const k of kinds) await q(k);", ['for-of kinds: each in turn']],
  ['const by = {}; by.x = 1; Object.keys(by).map((k) => q(k));', ['Object.keys(by).map: each at once']],
]);

check('counted', [
  ['for (let i = 0; i < 3; i++) await q(i);', ['for nothing: counted 3 in turn']],
  ['for (let i = 1; i <= 3; i++) await q(i);', ['for nothing: counted 3 in turn']],
  ['for (let i = 9; i >= 0; i--) await q(i);', ['for nothing: counted 10 in turn']],
  ['const DAYS = 7; for (let i = 0; i < DAYS; i++) await q(i);', ['for nothing: counted 7 in turn']],
  ['for (let i = 0; i < Math.min(5, n); i++) await q(i);', ['for nothing: counted 5 in turn']],
  ['for (let i = 0; i < n; i++) await q(i);', ['for nothing: each in turn']],
  ['Array.from({ length: 3 }, (_, i) => q(i));', ['Array.from: counted 3 at once']],
  ['Array.from({ length: 3 }).map((_, i) => q(i));', ['Array.from({ length: 3 }).map: counted 3 at once']],
  ['[...Array(4).keys()].map((i) => q(i));', ['[...Array(4).keys()].map: counted 4 at once']],
  ['new Array(2).fill(0).map((_, i) => q(i));', ['new Array(2).fill(0).map: counted 2 at once']],
  ['for (const x of xs.slice(0, 5)) await q(x);', ['for-of xs.slice(0, 5): counted 5 in turn']],
  ['for (const x of xs.slice(5)) await q(x);', ['for-of xs.slice(5): each in turn']],
  ['let i = 0; while (i < 4) { await q(i); i++; }', ['while nothing: counted 4 in turn']],
  ['Array.from({ length: n }, (_, i) => q(i));', ['Array.from: each at once']],
]);

check('chunks', [
  ['for (let i = 0; i < xs.length; i += 100) { await q(xs.slice(i, i + 100)); }', ['for xs: chunks in turn']],
  [
    'for (let i = 0; i < xs.length; i = i + SIZE) { const part = xs.slice(i, i + SIZE); await q(part); }',
    ['for xs: chunks in turn'],
  ],
  ['while (xs.length) { const part = xs.splice(0, 50); await q(part); }', ['while xs: chunks in turn']],
  ['let i = 0; while (i < xs.length) { await q(xs.slice(i, i + 10)); i += 10; }', ['while xs: chunks in turn']],
  ['for (const part of chunk(xs, 100)) await q(part);', ['for-of chunk(xs, 100): chunks in turn']],
  ['for (const part of _.chunk(xs, 100)) await q(part);', ['for-of _.chunk(xs, 100): chunks in turn']],
  ['const parts = chunkArray(ids, SIZE); for (const part of parts) await q(part);', ['for-of parts: chunks in turn']],
  [
    'await Promise.all(splitIntoBatches(ids, BATCH_SIZE).map((part) => q(part)));',
    ['splitIntoBatches(ids, BATCH_SIZE).map: chunks at once'],
  ],
  [
    'for (const part of splitArrayIntoChunks(ids, 10)) await q(part);',
    ['for-of splitArrayIntoChunks(ids, 10): chunks in turn'],
  ],
  [
    'const batches = []; for (let i = 0; i < xs.length; i += 5) batches.push(xs.slice(i, i + 5)); for (const b of batches) await q(b);',
    ['for xs: chunks at once', 'for-of batches: chunks in turn'],
  ],
  ['async function save(idChunks) { for (const ids of idChunks) await q(ids); }', ['for-of idChunks: chunks in turn']],
  ['for (const part of chunkText(doc, 1000)) await q(part);', ['for-of chunkText(doc, 1000): each in turn']],
  [
    'const chunks = await splitDocument(doc); for (const part of chunks) await q(part);',
    ['for-of chunks: each in turn'],
  ],
  [
    'const batches = await findBatches(); for (const batch of batches) await q(batch.id);',
    ['for-of batches: each in turn'],
  ],
  [
    'for (const [i, part] of chunk(xs, 10).entries()) await q(part);',
    ['for-of chunk(xs, 10).entries(): chunks in turn'],
  ],
]);

check('pages', [
  [
    'let cursor; while (true) { const rows = await q({ take: 100, cursor: { id: cursor } }); if (!rows.length) break; cursor = rows.at(-1).id; }',
    ['while nothing: pages in turn'],
  ],
  [
    'let skip = 0; let rows; do { rows = await q({ skip, take: 100 }); skip += 100; } while (rows.length === 100);',
    ['do-while rows: pages in turn'],
  ],
  [
    'for (let skip = 0; ; skip += 50) { const rows = await q({ skip, take: 50 }); if (rows.length < 50) break; }',
    ['for nothing: pages in turn'],
  ],
  [
    'for (let page = 1; page <= pages; page++) await q({ skip: (page - 1) * 20, take: 20 });',
    ['for nothing: pages in turn'],
  ],
  [
    'let hasMore = true; while (hasMore) { const rows = await q(); hasMore = rows.length > 0; }',
    ['while nothing: pages in turn'],
  ],
  [
    'let hasNextPage = true; let after = null; while (hasNextPage) { const page = await q({ after }); hasNextPage = page.info.hasNextPage; after = page.info.end; }',
    ['while nothing: pages in turn'],
  ],
  [
    'while (true) { const rows = await q({ take: 10 }); if (rows.length === 0) return; await drop(rows); }',
    ['while nothing: pages in turn'],
  ],
  [
    'let deleted; do { deleted = await q({ limit: 1000 }); } while (deleted.count > 0);',
    ['do-while nothing: pages in turn'],
  ],
  [
    'let lastId; for (;;) { const rows = await q({ where: { id: { gt: lastId } }, take: 10 }); if (rows.length < 10) break; lastId = rows[9].id; }',
    ['for nothing: pages in turn'],
  ],
  ['for await (const page of paginate(q)) await save(page);', ['for-await paginate(q): pages in turn']],
  ['for await (const row of client.scanIterator()) await q(row);', ['for-await client.scanIterator(): each in turn']],
  [
    'let token; do { const res = await list({ pageToken: token }); token = res.nextPageToken; } while (token);',
    ['do-while nothing: pages in turn'],
  ],
  [
    'let more = true; while (more) { const rows = await q(); if (rows.length < 100) more = false; }',
    ['while nothing: pages in turn'],
  ],
  [
    'let offset = 0; while (offset < total) { const rows = await q(offset); offset += rows.length; }',
    ['while nothing: pages in turn'],
  ],
  ['while ((await q()).count > 0) await sleep(100);', ['while nothing: pages in turn']],
  [
    "let cursor; do { const [next, keys] = await redis.scan(cursor); cursor = next; await q(keys); } while (cursor !== '0');",
    ['do-while nothing: pages in turn'],
  ],
]);

check('retry and probing', [
  [
    'for (let attempt = 0; attempt < maxRetries; attempt++) { try { await q(); return; } catch (e) { await sleep(10); } }',
    ['for nothing: retry in turn'],
  ],
  [
    'let retries = 3; while (retries > 0) { try { return await q(); } catch { retries--; } }',
    ['while nothing: once in turn'],
  ],
  ['while (await exists(slug)) slug = next(slug);', ['while nothing: retry in turn']],
  [
    'let slug = base; let taken = await q(slug); while (taken) { slug = base + random(); taken = await q(slug); }',
    ['while nothing: retry in turn'],
  ],
  [
    'let code; do { code = random(); existing = await q(code); } while (existing);',
    ['do-while nothing: retry in turn'],
  ],
  [
    'while (true) { const code = random(); const row = await q(code); if (!row) return code; }',
    ['while nothing: retry in turn'],
  ],
  [
    'let suffix = 1; while (true) { const row = await q(name + suffix); if (!row) break; suffix++; }',
    ['while nothing: retry in turn'],
  ],
  [
    'let isUnique = false; while (!isUnique) { const row = await q(random()); if (!row) isUnique = true; }',
    ['while nothing: retry in turn'],
  ],
  ['for (const attempt of range(3)) { await q(); }', ['for-of range(3): retry in turn']],
  [
    'let n = 0; for (;;) { try { return await q(); } catch (e) { if (++n > 3) throw e; attempts++; } }',
    ['for nothing: once in turn'],
  ],
]);

check('polling', [
  [
    'while (true) { const job = await q(); if (job) await run(job); await sleep(1000); }',
    ['while nothing: poll in turn'],
  ],
  [
    "while (!done) { const s = await q(); done = s.status === 'done'; await new Promise((r) => setTimeout(r, 100)); }",
    ['while nothing: poll in turn'],
  ],
  ['while (this.running) { await q(); }', ['while nothing: poll in turn']],
  ['while (!signal.aborted) { await q(); }', ['while nothing: poll in turn']],
  ["while (true) { const job = await redis.brpop('jobs', 0); await q(job); }", ['while nothing: poll in turn']],
  [
    "let status = await q(); while (status === 'pending') { await delay(5); status = await q(); }",
    ['while nothing: retry in turn'],
  ],
]);

check('once, search and unknown', [
  ['for (const x of xs) { return await q(x); }', ['for-of xs: once in turn']],
  ['for (const x of xs) { if (x.on) { await q(x); break; } }', ['for-of xs: once in turn']],
  ['for (const x of xs) { if (!x.on) continue; await q(x); return; }', ['for-of xs: once in turn']],
  ['for (const x of xs) { if (x.a) return await q(x); else throw new Error(); }', ['for-of xs: once in turn']],
  ['for (const x of xs) { if (await q(x)) { done(); break; } }', ['for-of xs: each in turn']],
  ["for (const x of xs) { switch (x.kind) { case 'a': await q(x); break; } }", ['for-of xs: each in turn']],
  [
    'for (const x of xs) { for (const y of x.ys) { await q(y); break; } }',
    ['for-of xs: each in turn', 'for-of x.ys: once in turn'],
  ],
  [
    'for (const name of candidates) { const row = await q(name); if (row) return row; }',
    ['for-of candidates: search in turn'],
  ],
  ['for (const name of fallbackSlugs(x)) { if (await q(name)) break; }', ['for-of fallbackSlugs(x): search in turn']],
  ['for (const name of candidates) { await q(name); }', ['for-of candidates: each in turn']],
  ['let node = row; while (node.parentId) { node = await q(node.parentId); }', ['while nothing: unknown in turn']],
  ['let id = start; while (id) { const row = await q(id); id = row.parentId; }', ['while nothing: unknown in turn']],
  ['while (true) { await q(); }', ['while nothing: unknown in turn']],
  ['while (something()) { await q(); }', ['while nothing: unknown in turn']],
]);

check('judged with care', [
  [
    'for (let i = 0; i < xs.length; i++) { const rows = await q(xs[i]); if (!rows.length) break; }',
    ['for xs: each in turn'],
  ],
  [
    "for (let i = 0; i < xs.length; i++) { const row = await q(xs[i]); if (!row) throw new Error('none'); lastId = row.id; }",
    ['for xs: each in turn'],
  ],
  [
    "while (true) { const row = await q(id); if (!row) throw new Error('none'); id = row.parentId; }",
    ['while nothing: unknown in turn'],
  ],
  ['for (const attempt of attempts) await q(attempt.id);', ['for-of attempts: each in turn']],
  ['for (let i = 0; i < attempts.length; i++) await q(attempts[i]);', ['for attempts: each in turn']],
  [
    'let rows = await q(0); while (rows.length === 100) { const last = rows.pop(); rows = await q(last.id); }',
    ['while rows: pages in turn'],
  ],
  [
    'while (queue.length) { const id = queue.shift(); const rows = await q(id); if (!rows.length) break; }',
    ['while queue: each in turn'],
  ],
  [
    'while (await cursor.hasNext()) { const doc = await cursor.next(); await q(doc); }',
    ['while nothing: each in turn'],
  ],
  [
    'for (const variant of product.variants) { const row = await q(variant); if (row) return row; }',
    ['for-of product.variants: each in turn'],
  ],
]);

test('loops: a callback loop knows its call, its body and the loops around it', () => {
  const text = 'function f() { while (x) { xs.map((x) => q(x)); ys.map(load); } }';
  const { loops, calls, functions } = extractFacts('file.ts', text);
  const [around, written, named] = loops;
  assert.equal(around?.kind, 'while');
  assert.deepEqual(written?.loops, [around?.index]);
  assert.equal(functions[written?.body ?? 0]?.argumentOf?.call, written?.call);
  assert.equal(named?.body, null);
  assert.deepEqual(
    loops.map(({ call }) => (call === null ? null : text.slice(calls[call]?.span.start, calls[call]?.span.end))),
    [null, 'xs.map((x) => q(x))', 'ys.map(load)'],
  );
  assert.deepEqual(
    loops.map((loop) => functions[loop.function]?.symbol),
    ['f', 'f', 'f'],
  );
});

const HEADERS = [
  ['for (const x of f(a)) q(x)', 'for (const x of f(a))'],
  ['for (let i = 0; i < g(n); i++) q(i)', 'for (let i = 0; i < g(n); i++)'],
  ['for (;;) { q() }', 'for (;;)'],
  ['while (more(x)) q()', 'while (more(x))'],
  ['do { q() } while (x)', 'do'],
  ['for await (const x of rows()) q(x)', 'for await (const x of rows())'],
  ['rows.filter(Boolean).map((x) => q(x))', 'rows.filter(Boolean).map'],
] as const;

for (const [text, header] of HEADERS) {
  test(`loops: header: ${text}`, () => {
    const [loop] = extractFacts('file.ts', text).loops;
    assert.equal(text.slice(loop?.header.start, loop?.header.end), header);
  });
}

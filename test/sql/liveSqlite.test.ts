import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { compilableSchema } from '#schema/compilableSchema.ts';
import { loadSchemas } from '#schema/loadSchemas.ts';
import { compileBatch, compileCall } from '#sql/compileCall.ts';
import { type Call, openCompiler } from '#sql/prismaCompiler.ts';
import { memoryWorkspace } from '#test/support/memoryWorkspace.ts';
import { CALLS } from './library/calls.ts';
import { libraryFile, openLiveClient } from './support/liveClient.ts';
import { difference, folded } from './support/sameStatements.ts';

const schemaText = libraryFile('schema.prisma');
const workspace = memoryWorkspace({ 'prisma/schema.prisma': schemaText });
const [schema] = loadSchemas(workspace).schemas;
assert.ok(schema);
const compilable = compilableSchema(workspace, schema);
assert.ok(compilable);
const compiler = await openCompiler({
  schema: compilable.text,
  datamodel: compilable.datamodel,
  provider: 'sqlite',
  supportsRelationJoins: false,
  previewFeatures: [],
  valuesApart: true,
});
const live = await openLiveClient(schemaText, libraryFile('tables.sql'));
after(async () => {
  compiler.free();
  await live.close();
});

test('compiled statements are those a client sends', async (t) => {
  for (const call of CALLS) {
    await t.test(nameOf(call), async () => {
      const sent = await live.send(call);
      assert.equal(difference(sent, compileCall(compiler, call)), null);
    });
  }
});

test('lookups made at once are sent as one', async () => {
  const calls = [1, 2, 3].map((id): Call => ({ model: 'Author', operation: 'findUnique', args: { where: { id } } }));
  const sent = await live.sendTogether(calls);
  assert.deepEqual(
    sent.map(folded),
    compileBatch(compiler, calls).map(({ sql }) => folded(sql)),
  );
  assert.equal(sent.length, 1);
});

test('what the client refuses the compiler refuses', () => {
  const call: Call = { model: 'Author', operation: 'findMany', args: { where: { nowhere: 1 } } };
  assert.throws(() => compileCall(compiler, call));
});

function nameOf({ model, operation, args }: Call): string {
  return `${model}.${operation} ${JSON.stringify(args)}`;
}

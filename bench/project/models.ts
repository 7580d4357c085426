const NOUNS = [
  'Account',
  'Address',
  'Article',
  'Booking',
  'Campaign',
  'Channel',
  'Contract',
  'Course',
  'Device',
  'Event',
];
const KINDS = ['Entry', 'Group', 'Item', 'Member', 'Note', 'Record'];

/** Names of the models, each with what a query about it may mention; every model belongs to the one before it. */
export const MODELS: readonly string[] = NOUNS.flatMap((noun) => KINDS.map((kind) => `${noun}${kind}`));

export function delegate(model: string): string {
  return model[0]?.toLowerCase() + model.slice(1);
}

/** A schema of sixty models with relations; one foreign key in four has no index. */
export function schemaText(): string {
  return [HEAD, ...MODELS.map(modelText)].join('\n');
}

const HEAD = `datasource db {
  provider = "postgresql"
}

generator client {
  provider = "prisma-client-js"
}
`;

function modelText(model: string, index: number): string {
  const parent = MODELS[index - 1];
  const child = MODELS[index + 1];
  const lines = [
    'id        Int      @id @default(autoincrement())',
    'slug      String   @unique',
    'title     String',
    'body      String?',
    'status    String   @default("draft")',
    'amount    Int      @default(0)',
    'meta      Json?',
    'createdAt DateTime @default(now())',
    'updatedAt DateTime @updatedAt',
    ...(parent ? ['parentId  Int', `parent    ${parent} @relation(fields: [parentId], references: [id])`] : []),
    ...(child ? [`children  ${child}[]`] : []),
    '',
    '@@index([createdAt])',
    ...(parent && index % 4 !== 0 ? ['@@index([parentId])'] : []),
  ];
  return `model ${model} {\n${lines.map((line) => (line ? `  ${line}` : '')).join('\n')}\n}\n`;
}

import type { WrittenCall } from '../support/compareCalls.ts';
import type { Together } from '../support/compareTogether.ts';

const authors = (args: object): readonly WrittenCall[] =>
  [1, 2, 99].map((id) => ['Author', 'findUnique', { where: { id }, ...args }]);

const WRITES: readonly WrittenCall[] = [
  ['Tag', 'create', { data: { name: 'together' } }],
  ['Tag', 'findMany', { where: { name: 'together' }, include: { books: true } }],
  ['Tag', 'updateMany', { where: { name: 'together' }, data: { name: 'apart' } }],
  ['Author', 'update', { where: { id: 1 }, data: { books: { updateMany: { where: {}, data: { rating: 1 } } } } }],
  ['Tag', 'count', { where: { name: 'apart' } }],
  ['Tag', 'deleteMany', { where: { name: 'apart' } }],
];

/** Groups of calls that Prisma may send in another way than one by one. */
export const TOGETHER: readonly Together[] = [
  { name: 'lookups by id', way: 'at once', calls: authors({}) },
  {
    name: 'lookups with relations',
    way: 'at once',
    calls: authors({ include: { books: { include: { tags: true } } } }),
  },
  { name: 'lookups of some columns', way: 'at once', calls: authors({ select: { name: true } }) },
  {
    name: 'lookups by another unique column',
    way: 'at once',
    calls: ['ada', 'ben'].map((name) => ['Author', 'findUniqueOrThrow', { where: { email: `${name}@example.org` } }]),
  },
  {
    name: 'lookups by two columns',
    way: 'at once',
    calls: [2, 3].map((authorId) => ['Review', 'findUnique', { where: { bookId_authorId: { bookId: 1, authorId } } }]),
  },
  {
    name: 'lookups with a further filter',
    way: 'at once',
    calls: [1, 2].map((id) => ['Author', 'findUnique', { where: { id, role: 'READER' } }]),
  },
  { name: 'lookups in a transaction', way: 'array transaction', calls: authors({}) },
  { name: 'lookups in a transaction', way: 'at once in a transaction', calls: authors({ include: { profile: true } }) },
  { name: 'lookups one by one', way: 'interactive transaction', calls: authors({}) },
  {
    name: 'lookups of different columns',
    way: 'apart at once',
    calls: [
      ['Author', 'findUnique', { where: { id: 1 }, select: { name: true } }],
      ['Author', 'findUnique', { where: { id: 2 }, select: { email: true } }],
    ],
  },
  {
    name: 'first rows, which are never one statement',
    way: 'apart at once',
    calls: [1, 2].map((id) => ['Author', 'findFirst', { where: { id } }]),
  },
  { name: 'reads and writes', way: 'array transaction', calls: WRITES },
  { name: 'reads and writes', way: 'interactive transaction', calls: WRITES },
];

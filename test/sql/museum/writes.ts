import type { WrittenCall } from '../support/compareCalls.ts';
import { IDA, MAX, NOA } from './people.ts';

const data = (badge: number) => ({ badge, name: `N${badge}` });
const work = (code: string) => ({ code, title: code, price: 1 });

/** Calls that write, one after the other: what one writes the next may read. */
export const WRITES: readonly WrittenCall[] = [
  ['Curator', 'create', { data: data(10) }],
  ['Curator', 'create', { data: data(11), select: { badge: true } }],
  [
    'Curator',
    'create',
    {
      data: {
        ...data(12),
        id: '00000000-0000-4000-8000-000000000012',
        rank: 'HEAD',
        formerly: ['JUNIOR'],
        tags: ['a', 'b'],
        scores: { set: [1] },
      },
    },
  ],
  [
    'Curator',
    'create',
    {
      data: {
        ...data(13),
        settings: { a: [1, { b: null }] },
        salary: '12.50',
        hours: 1.5,
        visits: 9n,
        photo: new Uint8Array([1]),
        born: new Date(0),
      },
    },
  ],
  ['Curator', 'create', { data: { ...data(14), mentor: { connect: { badge: 1 } } }, include: { mentor: true } }],
  ['Curator', 'create', { data: { ...data(15), mentorId: IDA }, include: { mentor: { include: { card: true } } } }],
  ['Curator', 'create', { data: { ...data(16), card: { create: { code: 'c16' } } } }],
  [
    'Curator',
    'create',
    { data: { ...data(17), card: { connectOrCreate: { where: { code: 'c17' }, create: { code: 'c17' } } } } },
  ],
  [
    'Curator',
    'create',
    {
      data: {
        ...data(18),
        works: {
          create: [work('x1'), { ...work('x2'), hall: { connect: { wing_number: { wing: 'east', number: 1 } } } }],
        },
      },
    },
  ],
  [
    'Curator',
    'create',
    { data: { ...data(19), works: { createMany: { data: [work('x3'), work('x4')] } } }, include: { works: true } },
  ],
  ['Curator', 'create', { data: { ...data(20), friends: { connect: [{ badge: 1 }, { badge: 2 }] } } }],
  [
    'Curator',
    'create',
    { data: { ...data(21), friends: { create: [data(22), data(23)] }, friendOf: { connect: { id: NOA } } } },
  ],
  ['Curator', 'create', { data: { ...data(24), mentor: { create: { ...data(25), mentor: { create: data(26) } } } } }],
  [
    'Curator',
    'create',
    { data: { ...data(27), mentor: { connectOrCreate: { where: { badge: 1 }, create: data(99) } } } },
  ],
  ['Curator', 'create', { data: { ...data(28), pupils: { connect: [{ badge: 10 }, { badge: 11 }] } } }],
  ['Work', 'create', { data: { ...work('y1'), material: 'STONE', others: ['OIL', 'STONE'], details: { a: 1 } } }],
  ['Work', 'create', { data: { ...work('y2'), wing: 'west', number: 1, curatorId: MAX } }],
  ['Work', 'create', { data: { ...work('y3'), hall: { create: { wing: 'north', number: 1 } } } }],
  [
    'Work',
    'create',
    { data: { ...work('y4'), themes: { connect: [{ id: 1 }, { name: 'people' }] } }, include: { themes: true } },
  ],
  [
    'Work',
    'create',
    { data: { ...work('y5'), themes: { create: { name: 't5', parent: { connect: { name: 'nature' } } } } } },
  ],
  [
    'Work',
    'create',
    {
      data: {
        ...work('y6'),
        themes: {
          connectOrCreate: [
            { where: { name: 'water' }, create: { name: 'water' } },
            { where: { name: 't6' }, create: { name: 't6' } },
          ],
        },
      },
    },
  ],
  [
    'Work',
    'create',
    { data: { ...work('y7'), showings: { create: { position: 7, exhibition: { connect: { slug: 'spring' } } } } } },
  ],
  [
    'Work',
    'create',
    {
      data: { ...work('y8'), showings: { create: [{ position: 8, exhibition: { create: { slug: 'winter' } } }] } },
      include: { showings: { include: { exhibition: true } } },
    },
  ],

  ['Curator', 'createMany', { data: [data(30)] }],
  ['Curator', 'createMany', { data: [data(31), data(32), { ...data(33), rank: 'SENIOR' }] }],
  ['Curator', 'createMany', { data: [data(31), data(34)], skipDuplicates: true }],
  [
    'Curator',
    'createMany',
    {
      data: [
        { ...data(35), tags: ['a'] },
        { ...data(36), salary: 1 },
      ],
    },
  ],
  ['Curator', 'createMany', { data: [] }],
  ['Theme', 'createMany', { data: Array.from({ length: 12 }, (_, index) => ({ name: `many${index}` })) }],
  ['Curator', 'createManyAndReturn', { data: [data(37), data(38)] }],
  ['Curator', 'createManyAndReturn', { data: [data(39)], select: { id: true, rank: true } }],
  [
    'Work',
    'createManyAndReturn',
    { data: [{ ...work('z1'), curatorId: IDA }, work('z2')], include: { curator: true } },
  ],
  ['Work', 'createManyAndReturn', { data: [work('z2'), work('z3')], skipDuplicates: true, select: { code: true } }],

  ['Curator', 'update', { where: { badge: 10 }, data: { name: 'New' } }],
  ['Curator', 'update', { where: { badge: 10 }, data: { name: 'New' }, select: { id: true } }],
  ['Curator', 'update', { where: { badge: 10 }, data: { badge: 110 } }],
  [
    'Curator',
    'update',
    { where: { badge: 110, name: 'New' }, data: { badge: { set: 10 }, salary: { increment: 1 }, hours: null } },
  ],
  [
    'Curator',
    'update',
    { where: { badge: 12 }, data: { tags: { push: 'c' }, scores: { push: [2, 3] }, formerly: { set: ['SENIOR'] } } },
  ],
  [
    'Curator',
    'update',
    { where: { badge: 12 }, data: { visits: { multiply: 2 }, rank: { set: 'JUNIOR' }, settings: { a: 1 } } },
  ],
  [
    'Curator',
    'update',
    { where: { badge: 12 }, data: { salary: { divide: 2 }, hours: { decrement: 1 }, photo: null } },
  ],
  ['Curator', 'update', { where: { badge: 12 }, data: {}, include: { works: true } }],
  ['Curator', 'update', { where: { badge: 12 }, data: { name: undefined } }],
  [
    'Curator',
    'update',
    { where: { id: IDA }, data: { name: 'Ida' }, include: { works: { include: { themes: true } }, card: true } },
  ],
  [
    'Curator',
    'update',
    { where: { id: IDA }, data: { name: 'Ida' }, include: { works: true }, relationLoadStrategy: 'query' },
  ],
  ['Curator', 'update', { where: { badge: 14 }, data: { mentor: { connect: { badge: 2 } } } }],
  ['Curator', 'update', { where: { badge: 14 }, data: { mentor: { disconnect: true } } }],
  [
    'Curator',
    'update',
    { where: { badge: 24 }, data: { mentor: { update: { name: 'Up', mentor: { update: { name: 'Upper' } } } } } },
  ],
  [
    'Curator',
    'update',
    { where: { badge: 14 }, data: { mentor: { upsert: { create: data(40), update: { name: 'Up' } } } } },
  ],
  [
    'Curator',
    'update',
    { where: { badge: 24 }, data: { mentor: { update: { where: { rank: 'JUNIOR' }, data: { name: 'If' } } } } },
  ],
  ['Curator', 'update', { where: { badge: 16 }, data: { card: { update: { code: 'c16b' } } } }],
  ['Curator', 'update', { where: { badge: 16 }, data: { card: { delete: true } } }],
  [
    'Curator',
    'update',
    { where: { badge: 16 }, data: { card: { upsert: { create: { code: 'c16' }, update: { code: 'c16' } } } } },
  ],
  [
    'Curator',
    'update',
    { where: { badge: 18 }, data: { works: { update: { where: { code: 'x1' }, data: { title: 'X' } } } } },
  ],
  [
    'Curator',
    'update',
    {
      where: { badge: 18 },
      data: { works: { updateMany: { where: { price: 1 }, data: { price: { multiply: 2 } } } } },
    },
  ],
  [
    'Curator',
    'update',
    {
      where: { badge: 18 },
      data: { works: { upsert: [{ where: { code: 'x9' }, create: work('x9'), update: { title: 'X9' } }] } },
    },
  ],
  [
    'Curator',
    'update',
    { where: { badge: 18 }, data: { works: { connect: [{ code: 'w4' }], disconnect: [{ code: 'x1' }] } } },
  ],
  ['Curator', 'update', { where: { badge: 18 }, data: { works: { set: [{ code: 'x1' }, { code: 'x2' }] } } }],
  ['Curator', 'update', { where: { badge: 18 }, data: { works: { delete: { code: 'x1' } } } }],
  ['Curator', 'update', { where: { badge: 18 }, data: { works: { deleteMany: [{ code: 'x2' }, { price: 0 }] } } }],
  [
    'Curator',
    'update',
    {
      where: { badge: 18 },
      data: { works: { createMany: { data: [work('x10'), work('x11')], skipDuplicates: true } } },
    },
  ],
  ['Curator', 'update', { where: { badge: 20 }, data: { friends: { set: [{ badge: 1 }] } } }],
  [
    'Curator',
    'update',
    { where: { badge: 20 }, data: { friends: { disconnect: [{ badge: 1 }], connect: { badge: 3 } } } },
  ],
  [
    'Curator',
    'update',
    {
      where: { badge: 21 },
      data: { friends: { deleteMany: { badge: 22 }, update: { where: { badge: 23 }, data: { name: 'F' } } } },
    },
  ],
  ['Work', 'update', { where: { code: 'y4' }, data: { themes: { set: [] } } }],
  [
    'Work',
    'update',
    { where: { code: 'y4' }, data: { themes: { connect: { id: 1 }, create: { name: 't7' } }, title: 'Y4' } },
  ],
  [
    'Work',
    'update',
    { where: { code: 'y4' }, data: { themes: { updateMany: { where: { name: 't7' }, data: { parentId: 1 } } } } },
  ],
  ['Work', 'update', { where: { code: 'y4' }, data: { themes: { deleteMany: { name: 't7' } } } }],
  ['Work', 'update', { where: { code: 'y3' }, data: { hall: { update: { title: 'North' } } } }],
  [
    'Work',
    'update',
    {
      where: { code: 'y3' },
      data: { hall: { connect: { wing_number: { wing: 'east', number: 2 } } }, curator: { connect: { id: NOA } } },
    },
  ],
  ['Work', 'update', { where: { code: 'y3' }, data: { hall: { disconnect: true }, curator: { disconnect: true } } }],
  [
    'Work',
    'update',
    {
      where: { code: 'y7' },
      data: {
        showings: {
          update: { where: { workId_exhibitionId: { workId: 1, exhibitionId: 1n } }, data: { note: 'n' } },
          create: { position: 70, exhibitionId: 2n },
        },
      },
    },
    { fails: true },
  ],
  ['Work', 'update', { where: { code: 'none' }, data: { title: 'x' } }, { fails: true }],
  ['Work', 'update', { where: { code: 'none' }, data: { title: 'x' }, include: { themes: true } }, { fails: true }],
  [
    'Showing',
    'update',
    {
      where: { workId_exhibitionId: { workId: 1, exhibitionId: 1n } },
      data: { position: 5, work: { update: { title: 'Sea' } } },
    },
  ],
  ['Hall', 'update', { where: { wing_number: { wing: 'north', number: 1 } }, data: { number: 2 } }],
  ['Work', 'updateMany', { where: { code: { startsWith: 'z' } }, data: { title: 'Z', details: { z: 1 } } }],
  [
    'Work',
    'updateMany',
    { where: { curator: { rank: 'HEAD' }, themes: { some: { name: 'water' } } }, data: { price: { increment: 1 } } },
  ],
  ['Work', 'updateMany', { data: { deletedAt: null } }],
  ['Work', 'updateMany', { where: { code: { startsWith: 'z' } }, data: { title: 'Z' }, limit: 1 }],
  ['Work', 'updateManyAndReturn', { where: { price: { gt: 5 } }, data: { others: { push: 'OIL' } } }],
  [
    'Work',
    'updateManyAndReturn',
    { where: { curatorId: IDA }, data: { title: 'T' }, select: { code: true, curator: true } },
  ],

  ['Theme', 'upsert', { where: { name: 'up' }, create: { name: 'up' }, update: {} }],
  ['Theme', 'upsert', { where: { name: 'up' }, create: { name: 'up' }, update: { parentId: 1 } }],
  [
    'Theme',
    'upsert',
    { where: { name: 'up' }, create: { name: 'up', parent: { connect: { id: 1 } } }, update: { parentId: 2 } },
  ],
  [
    'Theme',
    'upsert',
    { where: { id: 1 }, create: { name: 'other' }, update: { name: 'nature' }, include: { children: true } },
  ],
  ['Theme', 'upsert', { where: { name: 'up', parentId: 1 }, create: { name: 'up2' }, update: { name: 'up' } }],
  [
    'Theme',
    'upsert',
    { where: { name: 'up3' }, create: { name: 'up3' }, update: { name: 'up3' }, select: { id: true } },
  ],
  [
    'Hall',
    'upsert',
    {
      where: { wing_number: { wing: 'south', number: 1 } },
      create: { wing: 'south', number: 1 },
      update: { title: 'S' },
    },
  ],
  [
    'Hall',
    'upsert',
    {
      where: { wing_number: { wing: 'south', number: 1 } },
      create: { wing: 'south', number: 2 },
      update: { title: 'S', works: { create: work('s1') } },
    },
  ],
  [
    'Curator',
    'upsert',
    { where: { badge: 50 }, create: { ...data(50), rank: 'HEAD', tags: ['x'] }, update: { visits: { increment: 1 } } },
  ],
  [
    'Showing',
    'upsert',
    {
      where: { workId_exhibitionId: { workId: 3, exhibitionId: 1n } },
      create: { workId: 3, exhibitionId: 1n, position: 30 },
      update: { position: 31 },
    },
  ],

  ['Showing', 'delete', { where: { workId_exhibitionId: { workId: 3, exhibitionId: 1n } } }],
  ['Hall', 'delete', { where: { wing_number: { wing: 'north', number: 2 } }, include: { works: true } }],
  ['Theme', 'delete', { where: { name: 'up3' }, select: { name: true } }],
  ['Theme', 'delete', { where: { name: 'none' } }, { fails: true }],
  ['Curator', 'delete', { where: { badge: 38 }, include: { works: true, friends: true } }],
  ['Theme', 'deleteMany', { where: { name: { startsWith: 'many' }, works: { none: {} } } }],
  ['Theme', 'deleteMany', { where: { name: { in: ['a', 'b'] } }, limit: 1 }],
  ['Showing', 'deleteMany', { where: { work: { hall: { wing: 'east' } }, note: null } }],
  ['Card', 'deleteMany'],
];

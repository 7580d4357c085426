/** Queries as code writes them, by their steps; `a`, `b` and `ids` are values the code does not know. */
export const CHAINS: readonly string[] = [
  `db('media_items')`,
  `db('media_items').select('id', 'filename').where('user_id', a).orderBy('created_at', 'desc').limit(b).offset(20)`,
  `db.select('id').from('media_items').where({ user_id: a, kind: 'image' })`,
  `db('media_items as m').leftJoin('embeddings as e', 'm.id', 'e.media_item_id').select('m.id', 'e.id as embedding_id').where('m.user_id', a)`,
  `db('media_items as m').join('embeddings', 'm.id', '=', 'embeddings.media_item_id').select('m.*')`,
  `db({ m: 'media_items' }).innerJoin({ e: 'embeddings' }, 'm.id', 'e.media_item_id').first('m.id')`,
  `db('media_items').where('id', '>', a).andWhere('kind', 'like', b).orWhere('user_id', 3)`,
  `db('media_items').whereIn('id', [a, b, 3]).whereNull('removed_at').whereNotNull('filename')`,
  `db('media_items').whereNotIn('kind', ['video']).whereNot('user_id', a).whereNot({ kind: 'x', size: 1 })`,
  `db('media_items').whereBetween('id', [a, b]).whereNotBetween('size', [1, 2]).orWhereNull('user_id')`,
  `db('media_items').where('removed_at', null).orWhere({ user_id: a, kind: b })`,
  `db('media_items').where('id', 'in', [a, 2])`,
  `db('media_items').whereRaw('lower(filename) = ?', [a]).orderByRaw('lower(filename)')`,
  `db('media_items').where('user_id', a).count('* as total').first()`,
  `db('media_items').select('kind').count('id as total').groupBy('kind').orderBy('kind')`,
  `db('media_items').max('size').min('size as least').sum('size').avg('size').countDistinct('user_id')`,
  `db('media_items').distinct('kind', 'user_id').orderBy([{ column: 'kind', order: 'desc' }, 'user_id'])`,
  `db('media_items').pluck('id').limit(10)`,
  `db('media_items').select(db.raw('size * ? as double', [2]), 'id').where('id', a)`,
  `db('media_items').insert({ user_id: a, filename: b, kind: 'image' })`,
  `db('media_items').where('id', a).update({ filename: b, kind: 'video' })`,
  `db('media_items').where({ id: a }).update('kind', b)`,
  `db('media_items').where({ id: a }).del()`,
  `db('media_items').where('id', a).increment('size', b)`,
  `db.table('media_items').columns(['id', 'kind']).where('id', a).clone().timeout(1000)`,
  `db.from('media_items').where('id', a).first()`,
  `db.raw('select * from media_items where id = ? and kind = ?', [a, b])`,
];

/** Those only PostgreSQL writes. */
export const POSTGRES_CHAINS: readonly string[] = [
  `db('media_items').insert({ user_id: a, kind: 'image' }).returning('id')`,
  `db('media_items').whereILike('filename', a).whereLike('kind', 'v%').forUpdate()`,
  `db('media_items').where('id', a).del().returning(['id', 'kind'])`,
];

import type { SqlToken } from '../sqlTokens.ts';
import type { Column } from './column.ts';

/** Names of column types, lower case, with the type Prisma has for such a column and its native one where they differ. */
const TYPES: readonly (readonly [name: RegExp, type: string, nativeType?: string])[] = [
  [/^(?:smallint|int2|smallserial)$/, 'Int', 'SmallInt'],
  [/^(?:bigint|int8|bigserial)$/, 'BigInt'],
  [/^(?:int|int4|integer|serial|mediumint|tinyint|year)$/, 'Int'],
  [/^(?:decimal|numeric|money)$/, 'Decimal', 'Decimal'],
  [/^(?:real|float4)$/, 'Float', 'Real'],
  [/^(?:float|float8|double)$/, 'Float'],
  [/^bool(?:ean)?$/, 'Boolean'],
  [/^timestamptz$/, 'DateTime', 'Timestamptz'],
  [/^(?:timestamp|datetime)$/, 'DateTime'],
  [/^date$/, 'DateTime', 'Date'],
  [/^time(?:tz)?$/, 'DateTime', 'Time'],
  [/^jsonb?$/, 'Json'],
  [/^(?:bytea|blob|binary|varbinary|(?:tiny|medium|long)blob)$/, 'Bytes'],
  [/^uuid$/, 'String', 'Uuid'],
  [/^(?:varchar|character|nvarchar|char|bpchar)$/, 'String', 'VarChar'],
  [/^text$|^citext$/, 'String', 'Text'],
  [/^(?:tiny|medium|long)text$/, 'String', 'LongText'],
  [/^enum$|^set$/, 'String'],
];

/** The type of a column by the tokens after its name; one that is not known, such as `vector`, is `Unsupported`. */
export function columnType(tokens: readonly SqlToken[]): Column['type'] {
  const [first, second, third] = tokens;
  const name = first?.value.toLowerCase() ?? '';
  const [, type = 'Unsupported', nativeType = null] = TYPES.find(([pattern]) => pattern.test(name)) ?? [];
  const length = second?.value === '(' && third?.kind === 'number' ? Number(third.value) : null;
  const isFlag = name === 'tinyint' && length === 1;
  return {
    type: isFlag ? 'Boolean' : type,
    nativeType,
    nativeLength: length,
    list: tokens.some((token, at) => token.value === '[' && tokens[at + 1]?.value === ']'),
  };
}

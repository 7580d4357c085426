/** What we take from the formatter, so that a bundle holds no more of it: four of its twenty dialects. */
export { formatDialect, mysql, postgresql, sqlite, transactsql } from 'sql-formatter';

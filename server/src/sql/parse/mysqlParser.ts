import mysql from 'node-sql-parser/build/mysql.js';

/** Named here, because a dynamic import of a CommonJS module has no names. */
export const { Parser } = mysql;

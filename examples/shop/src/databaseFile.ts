import { resolve } from 'node:path';

export const databaseFile = process.env.SHOP_DATABASE ?? resolve(import.meta.dirname, '../shop.db');

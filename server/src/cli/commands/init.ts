import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '#analyzer/failure.ts';
import { CONFIG_FILE } from '#analyzer/loadSettings.ts';

const TEMPLATE = `{
  "$schema": "./node_modules/querylens/docs/config.schema.json",
  // recommended, strict or all
  "extends": "recommended",
  // "rule-id": "off" | "hint" | "info" | "warning" | "error", or ["warning", { options }]
  "rules": {},
  // Tables that stay small need no paging and no index: { "Country": { "rows": 250 } }
  "models": {},
  // Own functions that cache what they wrap or load, such as "withCache"
  "cacheHelpers": []
}
`;

/** Writes a configuration to start from; never over one that is there. */
export function init(folder: string): string {
  const path = join(folder, CONFIG_FILE);
  if (existsSync(path)) throw new Failure(`${CONFIG_FILE} is there already; nothing was written`);
  writeFileSync(path, TEMPLATE);
  return `wrote ${CONFIG_FILE}\n`;
}

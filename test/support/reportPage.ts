import { join } from 'node:path';
import { build } from 'esbuild';
import type { PageProgram } from '#render/report/reportHtml.ts';
import { PAGE_BUNDLE } from '../../scripts/build/pageBundle.ts';

/** The report's page as it is built for what ships. */
export async function builtPage(): Promise<PageProgram> {
  const root = join(import.meta.dirname, '../..');
  const { outputFiles = [] } = await build({ ...PAGE_BUNDLE, absWorkingDir: root, outdir: 'dist', write: false });
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

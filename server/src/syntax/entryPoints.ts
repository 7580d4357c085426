import { commandEntries } from './entryPoints/commands.ts';
import type { Draft, EntryContext } from './entryPoints/entry.ts';
import { toFact } from './entryPoints/entry.ts';
import { resolverClassEntries } from './entryPoints/graphqlClasses.ts';
import { builderFieldEntries } from './entryPoints/graphqlFields.ts';
import { resolverMapEntries } from './entryPoints/graphqlMaps.ts';
import { jobEntries, serverEntries } from './entryPoints/jobs.ts';
import { readModuleNames } from './entryPoints/moduleNames.ts';
import { readModuleSettings } from './entryPoints/moduleSettings.ts';
import { nestEntries } from './entryPoints/nest.ts';
import { nextAppEntries } from './entryPoints/nextApp.ts';
import { nextPagesEntries } from './entryPoints/nextPages.ts';
import { procedureEntries } from './entryPoints/procedures.ts';
import { astroEntries, nitroEntries, remixEntries, svelteKitEntries } from './entryPoints/routeFiles.ts';
import { routerEntries } from './entryPoints/routers.ts';
import type { EntryPointFact } from './facts.ts';
import type { SourceContext } from './sourceContext.ts';

type Detector = (context: EntryContext) => Iterable<Draft>;

const DETECTORS: readonly Detector[] = [
  nextAppEntries,
  nextPagesEntries,
  remixEntries,
  svelteKitEntries,
  nitroEntries,
  astroEntries,
  routerEntries,
  nestEntries,
  procedureEntries,
  resolverClassEntries,
  builderFieldEntries,
  resolverMapEntries,
  commandEntries,
  jobEntries,
  serverEntries,
];

/** Places where requests, messages and schedules enter the file, in source order; every framework is recognised by its own detector. */
export function extractEntryPoints(source: SourceContext): readonly EntryPointFact[] {
  const file = source.sourceFile;
  const names = readModuleNames(file);
  const context = { source, file, path: source.path, names, settings: readModuleSettings(file, names) };
  return DETECTORS.flatMap((detect) => [...detect(context)].map((draft) => toFact(context, draft))).sort(
    (a, b) => a.span.start - b.span.start,
  );
}

import type { EntryPoint } from '#graph/projectGraph.ts';
import { isPersonal, wordsOf } from '#syntax/evidence/evidenceNames.ts';

/** Words in a route that say: for one person, for the operators, or not for reading. */
const PRIVATE_WORDS = new Set(
  `me my mine admin administration backoffice dashboard account accounts profile settings preferences session sessions login logout signin
  signout signup register auth oauth sso saml password verify verification confirm unsubscribe callback webhook webhooks hook hooks cron
  health healthz healthcheck livez readyz ready live ping heartbeat metrics status progress poll stream events sse internal debug test
  onboarding checkout cart basket billing invoice invoices subscription subscriptions notification notifications inbox bookmark bookmarks
  favorite favorites favourites wishlist track tracking click redirect token tokens invite invites invitation invitations private protected
  secure own current impersonate viewer user-data workspace workspaces seed migrate backup export download dev mailer mail send update create delete remove trigger sync import refresh rebuild notify cleanup
  reindex process reprocess backfill recalculate recompute resync run reset mod moderator moderation`.split(/\s+/),
);

/** Applications of their own for those who run the place. */
const STAFF_FOLDERS = new Set(['admin', 'backoffice', 'back-office', 'dashboard', 'internal', 'studio', 'cms']);

/** Whether the route's own words tell that its answer is not for everyone, or must be fresh. */
export function isPrivateRoute({ file, fact }: EntryPoint): boolean {
  const route = fact.route ?? '';
  const segments = route.split(/[/.]/).filter((segment) => segment !== '');
  if (
    segments.some(
      (segment, index) => isParameter(segment) && (isPersonal(segment) || isPersonal(segments[index - 1] ?? '')),
    )
  )
    return true;
  if (file.split('/').some((folder) => STAFF_FOLDERS.has(folder.toLowerCase()))) return true;
  const literal = segments.filter((segment) => !isParameter(segment));
  return [...literal, ...routeGroups(file)].some((segment) => wordsOf(segment).some((word) => PRIVATE_WORDS.has(word)));
}

function isParameter(segment: string): boolean {
  return /^[:[{*]/.test(segment);
}

/** Folders in parentheses order pages without showing in the address: `(auth)`, `(dashboard)`; Remix writes `_auth`. */
function routeGroups(file: string): readonly string[] {
  const name = file.split('/').at(-1) ?? '';
  return [
    ...[...file.matchAll(/\(([^)/]+)\)\//g)].map((match) => match[1] ?? ''),
    ...name.split('.').filter((part) => part.startsWith('_')),
    ...file.split('/').filter((part) => /^_\w/.test(part)),
  ];
}

import type { Instant } from '../../domain/model/time.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import { formatDistance } from '../../words/format-time.ts';
import { remember } from '../../words/remember.ts';
import type { Session } from './session.ts';

/** What the frame of every page shows. */
export type Frame = Readonly<{
  title: string;
  /** PUBLIC_URL's path without a slash at its end. */
  base: string;
  styleName: string;
  scriptName: string;
  now: Readonly<{ iso: string; text: string }>;
  zoneName: string;
  /** Null before the sign-in. */
  session: Readonly<{
    formToken: string;
    links: readonly Readonly<{ href: string; label: string; isHere: boolean }>[];
  }> | null;
}>;

/** Who looks, when and where. */
export type Look = Readonly<{ viewer: KeyViewer; session: Session; now: Instant; zone: string; base: string }>;

type PageLink = Readonly<{ path: string; label: string; needs: 'any' | 'fleet' | 'admin' }>;

/** In the order in which they are needed at night. */
const pageLinks: readonly PageLink[] = [
  { path: '/', label: 'Overview', needs: 'any' },
  { path: '/tenants', label: 'Tenants', needs: 'any' },
  { path: '/incidents', label: 'Incidents', needs: 'any' },
  { path: '/mail', label: 'Mail', needs: 'any' },
  { path: '/webhooks', label: 'Webhooks', needs: 'any' },
  { path: '/at', label: 'Past', needs: 'any' },
  { path: '/people', label: 'People', needs: 'fleet' },
  { path: '/effect', label: 'Effect', needs: 'fleet' },
  { path: '/plan', label: 'Plan', needs: 'fleet' },
  { path: '/audit', label: 'Audit', needs: 'admin' },
  { path: '/keys', label: 'Keys', needs: 'admin' },
];

export function linksFor({ viewer, base }: Look, here: string): NonNullable<Frame['session']>['links'] {
  const isAllowed = ({ needs }: PageLink) =>
    needs === 'any' || (viewer.tenantId === null && (needs === 'fleet' || viewer.role === 'admin'));
  return pageLinks.filter(isAllowed).map(({ path, label }) => ({
    href: `${base}${path}`,
    label,
    isHere: path === '/' ? here === '/' : here.startsWith(path),
  }));
}

/** Marks that turn the text around them; the browser isolates a name by itself. */
const TURNING = /[\u202a-\u202e\u2066\u2067]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, wherever it stands in a page. */
export function escaped(text: string): string {
  return text.replaceAll(TURNING, '').replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Commands stand between backticks, in the words of the command line. */
export function withCode(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

/** Times as HTML: how long ago, and the moment itself for whoever points at it. */
export function ago(at: Instant | null, { now, zone }: Pick<Look, 'now' | 'zone'>): string {
  return at === null ? '<span class="quiet">never</span>' : timeTag(at, formatDistance(at, now), zone);
}

export function moment(at: Instant | null, { zone }: Pick<Look, 'zone'>): string {
  return at === null ? '<span class="quiet">–</span>' : timeTag(at, momentText(at, zone), zone);
}

function timeTag(at: Instant, text: string, zone: string): string {
  return `<time datetime="${new Date(at).toISOString()}" title="${momentText(at, zone)}">${text}</time>`;
}

const formatOf = remember(
  50,
  (zone: string) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }),
);

/** `28 Nov 2026, 09:30`, in the reader's zone. */
export function momentText(at: Instant, zone: string): string {
  return formatOf(zone).format(at);
}

const zoneFormatOf = remember(
  50,
  (zone: string) => new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'long' }),
);

/** The zone by the name that people know: "Eastern Standard Time". */
export function zoneNameOf(zone: string, at: Instant): string {
  const parts = zoneFormatOf(zone).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

import { roleIncludes } from '../../domain/model/api-key.ts';
import { MINUTE_MS } from '../../domain/model/time.ts';
import type { Application } from '../../monitoring/application.ts';
import { seesAllTenants } from '../../monitoring/viewer.ts';
import type { AuditView, HoldView } from '../../monitoring/views.ts';
import { networkName } from '../../words/network-name.ts';
import { ago, escaped, type Look, moment } from './frame.ts';

type HoldWords = Readonly<{
  /** The hold as the title of a problem. */
  title(networks: string): string;
  /** After a count of held mails. */
  short(networks: string): string;
  /** Why mail is held, and what lets it go. */
  why(networks: string): string;
}>;

/** Everything that the dashboard says of a hold, by its kind. Networks are named as plain text. */
const holdWords: Readonly<Record<HoldView['kind'], HoldWords>> = {
  command: {
    title: () => 'Mail is held by command',
    short: () => 'by command',
    why: () => 'Somebody held owners’ mail: it waits until somebody releases it.',
  },
  brake: {
    title: () => 'Too much mail at once: it is held',
    short: () => 'too much at once',
    why: () =>
      'More owners’ mail than MAIL_BRAKE allows was written within an hour: it waits until somebody releases it.',
  },
  restored: {
    title: () => 'The database was restored: mail is held',
    short: () => 'since the database was restored',
    why: () =>
      'The database was restored from a copy: mail that may have been sent in the time that is missing from it waits until somebody releases or discards it.',
  },
  fleet: {
    title: (networks) => `${networks} fails for many tenants at once`,
    short: (networks) => `for ${networks}`,
    why: (networks) =>
      `Many accounts of ${networks} broke at once: their mail waits for a poll that shows the same after the hold, which ends by itself.`,
  },
};

const networkOf = ({ network }: HoldView) => (network === null ? 'one network' : networkName(network));

export function holdTitle(hold: HoldView): string {
  const title = holdWords[hold.kind].title(networkOf(hold));
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

export function holdText(hold: HoldView): string {
  return holdWords[hold.kind].short(networkOf(hold));
}

/** Why mail with this reason is held; null where the reason is no hold's. */
export function heldText(reason: string): string | null {
  const kind = /^held_(?:by_)?(command|brake|restored|fleet)$/.exec(reason)?.[1] as HoldView['kind'] | undefined;
  return kind === undefined ? null : holdWords[kind].why('a network');
}

/** Since when and by whom mail is held, and what lets it go, as HTML. `holder`: who holds it by command. */
export function holdSentence(hold: HoldView, holder: string | null, look: Look): string {
  const by = hold.kind === 'command' && holder !== null ? ` <bdi>${escaped(holder)}</bdi> began it.` : '';
  return `${escaped(holdWords[hold.kind].why(networkOf(hold)))} Since ${moment(hold.since, look)} (${ago(hold.since, look)}).${by}`;
}

/** Entries of the audit that are looked through for who began a hold. */
const AUDIT_ENTRIES_READ = 20;

/** Whoever holds mail by command. Null where nobody does, and for whoever may not see the audit. */
export async function readHolder(
  holds: readonly HoldView[],
  look: Look,
  audit: Application['audit'],
): Promise<string | null> {
  const since = holds.find(({ kind }) => kind === 'command')?.since;
  const seesAudit = seesAllTenants(look.viewer) && roleIncludes(look.viewer.role, 'admin');
  if (since === undefined || !seesAudit) return null;
  const asked = {
    action: 'mail.hold',
    from: since,
    to: since + MINUTE_MS,
    cursor: null,
    limit: AUDIT_ENTRIES_READ,
  } as const;
  return holderAmong((await audit.list(look.viewer, asked)).items, since);
}

function holderAmong(entries: readonly AuditView[], since: number): string | null {
  const entry = entries.toSorted((a, b) => a.at - b.at).find(({ at }) => at >= since);
  if (entry === undefined) return null;
  const { kind, id } = entry.actor;
  const way = kind.replaceAll('_', ' ');
  return id === null ? `Somebody (${way})` : `${id} (${way})`;
}

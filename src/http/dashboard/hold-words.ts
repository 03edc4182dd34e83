import { roleIncludes } from '../../domain/model/api-key.ts';
import { MINUTE_MS } from '../../domain/model/time.ts';
import type { Application } from '../../monitoring/application.ts';
import { seesAllTenants } from '../../monitoring/viewer.ts';
import type { AuditView, HoldView } from '../../monitoring/views.ts';
import { networkName } from '../../words/network-name.ts';
import { ago, escaped, type Look, moment } from './frame.ts';

export function holdText({ kind, network }: HoldView): string {
  if (kind === 'fleet') return network === null ? 'for the fleet' : `for ${networkName(network)}`;
  if (kind === 'restored') return 'since the database was restored';
  return kind === 'brake' ? 'too much at once' : 'by command';
}

/** What holds owners' mail back and what ends that, as a sentence of HTML. `holder`: who holds it by command. */
export function holdSentence(hold: HoldView, holder: string | null, look: Look): string {
  const since = `since ${moment(hold.since, look)} (${ago(hold.since, look)})`;
  switch (hold.kind) {
    case 'command': {
      const by = holder === null ? '' : ` ${escaped(holder)} began it.`;
      return `Owners’ mail has been held by command ${since}, until somebody releases it.${by}`;
    }
    case 'brake':
      return `Owners’ mail has been held ${since}, because more of it than MAIL_BRAKE allows was written within an hour, until somebody releases it.`;
    case 'restored':
      return `The database was restored ${ago(hold.since, look)} (${moment(hold.since, look)}): mail that may have been sent in the time that is missing from it is held until somebody releases or discards it.`;
    case 'fleet': {
      const what = hold.network === null ? 'it failed' : `${escaped(networkName(hold.network))} failed`;
      return `Owners’ mail about what broke at once has been held ${since}, because ${what} for many tenants: it goes out when a poll shows the same after that is over.`;
    }
  }
}

/** Entries of the audit that are looked through for who began a hold. */
const LOOKED_AT = 20;

/** Whoever holds mail by command. Null where nobody does, and for whoever may not see the audit. */
export async function readHolder(
  holds: readonly HoldView[],
  look: Look,
  audit: Application['audit'],
): Promise<string | null> {
  const since = holds.find(({ kind }) => kind === 'command')?.since;
  const seesAudit = seesAllTenants(look.viewer) && roleIncludes(look.viewer.role, 'admin');
  if (since === undefined || !seesAudit) return null;
  const asked = { action: 'mail.hold', from: since, to: since + MINUTE_MS, cursor: null, limit: LOOKED_AT } as const;
  return holderAmong((await audit.list(look.viewer, asked)).items, since);
}

function holderAmong(entries: readonly AuditView[], since: number): string | null {
  const entry = entries.toSorted((a, b) => a.at - b.at).find(({ at }) => at >= since);
  if (entry === undefined) return null;
  const { kind, id } = entry.actor;
  const way = kind.replaceAll('_', ' ');
  return id === null ? `Somebody (${way})` : `${id} (${way})`;
}

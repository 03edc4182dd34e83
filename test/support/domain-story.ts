import type { MessageContent, MessageProblem } from '../../src/domain/model/message-content.ts';
import type { PollResult } from '../../src/domain/model/poll.ts';
import type { AlertSettings } from '../../src/domain/model/settings.ts';
import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../../src/domain/model/tenant-record.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { Topic } from '../../src/domain/model/topic.ts';
import type { Tables } from './domain-record.ts';
import { clock } from './domain-time.ts';

/** Stories begin on a Monday, 09:00 in New York. */
export const START: Instant = Date.UTC(2026, 0, 5, 14);

/** A crash happens once: the process starts again at once, and the server accepts again. */
export type MailServerDoes =
  | 'accept'
  | 'defer'
  | 'refuse'
  | 'know_no_such_address'
  | 'accept_but_we_crash'
  | 'hear_nothing_as_we_crash';

/** What happens at some moment of a story. */
export type Happening =
  /** What Constant Contact answers from now on. */
  | Readonly<{ kind: 'answers'; result: PollResult }>
  /** Somebody polls by hand. */
  | Readonly<{ kind: 'poll' }>
  /** How the mail server treats one contact's mail, or everybody's. */
  | Readonly<{ kind: 'mail_server'; does: MailServerDoes; contactId: string | null }>
  | Readonly<{ kind: 'stop' }>
  | Readonly<{ kind: 'start' }>
  /** Whatever else a person or a command changes. */
  | Readonly<{ kind: 'change'; change: (record: TenantRecord, now: Instant) => Partial<TenantUpdate> }>;

/** `[when, what]`, `when` counted from the story's beginning: `['3h10m', shows({ facebook: broken })]`. */
export type Script = readonly (readonly [when: string | number, what: Happening])[];

export type Story = Readonly<{
  settings?: Partial<AlertSettings>;
  tenant?: Partial<Tenant>;
  contacts?: readonly Contact[];
  intervalMs?: number;
  script: Script;
  until: string | number;
}>;

/** A mail as a server accepted it, with what was true at that moment. */
export type Delivered = Readonly<{
  at: Instant;
  content: MessageContent;
  topics: readonly Topic[];
  isOutcomeKnown: boolean;
  before: Tables;
}>;

export type Moment = Readonly<{ at: Instant; update: TenantUpdate; before: Tables; after: Tables }>;

export type Told = Readonly<{
  /** Every accepted mail as one line: `3h27m first_alert to owner: reconnect facebook`. */
  mail: readonly string[];
  delivered: readonly Delivered[];
  /** Every transaction, in order. */
  moments: readonly Moment[];
  tables: Tables;
  /** Every incident's last decision, in the order they began. */
  decisions: readonly string[];
}>;

/** An accepted mail as a story tells it. */
export function lineOf({ at, content }: Delivered): string {
  const problems = content.problems.map(({ action, connection }) => `${action} ${nameOf(connection)}`);
  return `${clock(at - START)} ${content.reason} to ${content.recipient?.contact?.id}: ${problems.join(', ')}`;
}

function nameOf(connection: MessageProblem['connection']): string {
  if (connection === null) return 'account';
  const { network, accountId } = connection;
  return accountId === '1' ? network : `${network}:${accountId}`;
}

import type { Digest, StillBroken } from '../../domain/model/digest.ts';
import { ADDRESS_LENGTH } from '../../domain/model/email-address.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { TimeWords } from '../../words/time-words.ts';
import { type OperatorKey, sayToOperator as say } from '../../words/words.ts';
import type { MailSection } from '../mail-view.ts';
import { causeWords } from './hold-words.ts';
import { failureWords, keyOr, nameWords, networkWords, textWords } from './operator-words.ts';

type Lists = Required<Omit<Digest, 'quota'>>;
type Item<List extends keyof Lists> = Lists[List]['items'][number];
type Line = MailSection['items'][number];

const RESPONSE_LENGTH = 200;

/** One line of a digest section: its subject, and the facts about that subject. */
export function digestLines(time: TimeWords, at: Instant) {
  const lasting = (since: Instant) => ({ duration: time.lasting(at - since) });
  return {
    held: ({ cause, mails, since }: Item<'held'>): Line => ({
      title: say(`digest.held.${cause.kind}`, causeWords(cause)),
      line: say('digest.held.line', { count: mails, ...lasting(since) }),
    }),
    unreachable: ({ email, why, ...tenant }: Item<'unreachable'>): Line => ({
      title: tenantWords(tenant),
      line: say(keyOr(`digest.unreachable.${why}`, 'digest.unreachable.undeliverable'), { email: addressWords(email) }),
    }),
    mailFailed: (item: Item<'mailFailed'>): Line => ({
      title: nameWords(item.tenantName),
      line: failedMailWords(item),
    }),
    stillBroken: (item: Item<'stillBroken'>): Line => {
      const what = say(keyOr(`digest.still_broken.${item.action}`, 'digest.still_broken.other'), lasting(item.since));
      return { title: connectionWords(item), line: `${what} ${reactionWords(item, time)}` };
    },
    accessLost: (item: Item<'accessLost'>): Line => ({
      title: tenantWords(item),
      line: say(lostAccessKey(item), lasting(item.since)),
    }),
    restored: ({ tenants, since }: Item<'restored'>): Line => ({
      title: say('digest.restored.count', { count: tenants }),
      line: say('digest.restored.line', { moment: time.moment(since) }),
    }),
    failing: ({ kind, since, ...tenant }: Item<'failing'>): Line => ({
      title: tenantWords(tenant),
      line: say('digest.failing.line', { ...lasting(since), failure: failureWords(kind) }),
    }),
    checksFailing: (item: Item<'checksFailing'>): Line => ({
      title: connectionWords(item),
      line: say('digest.checks_failing.line', lasting(item.since)),
    }),
    unsettled: (item: Item<'unsettled'>): Line => ({
      title: connectionWords(item),
      line: say('digest.unsettled.line', { count: item.suspicions }),
    }),
  };
}

function lostAccessKey({ action, hasNeverWorked, missing }: Item<'accessLost'>): OperatorKey {
  if (hasNeverWorked) return 'digest.access_lost.never_worked';
  if (action === 'privileges') {
    return missing === 'privilege' ? 'digest.access_lost.privilege_known' : 'digest.access_lost.privileges';
  }
  return missing === 'scope' ? 'digest.access_lost.scope' : 'digest.access_lost.reauthorize';
}

/** The tenant's name with its id, because commands take ids. */
export function tenantWords({ tenantId, tenantName }: Readonly<{ tenantId: string; tenantName: string }>): string {
  return say('digest.tenant', { tenant: nameWords(tenantName), id: tenantId });
}

function failedMailWords({ to, kind, reason, response }: Item<'mailFailed'>): string {
  const values = {
    to: addressWords(to),
    kind: kind.replaceAll('_', ' '),
    reason: say(keyOr(`digest.mail_failed.${reason}`, 'digest.mail_failed.other')),
  };
  if (response === null) return say('digest.mail_failed.line', values);
  return say('digest.mail_failed.said', { ...values, response: textWords(response, RESPONSE_LENGTH) });
}

function connectionWords(item: Readonly<{ tenantName: string; network: string; account: string }>): string {
  const { tenantName, network, account } = item;
  const names = { tenant: nameWords(tenantName), network: networkWords(network), account: nameWords(account) };
  return say('digest.connection', names);
}

function reactionWords({ toldAt, reaction }: StillBroken, time: TimeWords): string {
  if (toldAt === null) return say('digest.told.nobody');
  return say(`digest.told.${reaction}`, { ago: time.ago(toldAt) });
}

function addressWords(address: string): string {
  return textWords(address, ADDRESS_LENGTH);
}

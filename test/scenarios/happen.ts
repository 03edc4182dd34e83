import type { ObservedConnection } from '../../src/domain/model/connection.ts';
import type { DeliveryOutcome } from '../../src/domain/model/message-content.ts';
import type { Page } from '../../src/domain/model/pages.ts';
import { anObservedConnection } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { accepted, deferred, refused, unknownAddress } from '../support/use-case-mailer.ts';
import { OPERATOR, type World } from '../support/use-case-world.ts';
import type { Happening, Looks, MailServerDoes, Pages } from './happenings.ts';
import { act } from './people.ts';
import { happenToProcess } from './process.ts';
import { addressOf, peopleOf, tenantsOf } from './story.ts';
import type { Telling } from './telling.ts';

/** Makes what a story says happen to one of its tenants, or to the process, which all of them share. */
export async function happen(telling: Telling, what: Happening, tenant: string): Promise<void> {
  const { world } = telling;
  switch (what.kind) {
    case 'shows':
      return answer(world, tenant, what.looks, what.isPartial);
    case 'fails': {
      const retryAfterMs = what.retryAfter === null ? null : ms(what.retryAfter);
      return world.constantContact.fails(tenant, what.failure, { retryAfterMs });
    }
    case 'shows_pages':
      return world.constantContact.showsPages(tenant, ...pagesOf(what.pages));
    case 'hides_pages':
      return world.constantContact.failsToShowPages(tenant, what.failure);
    case 'fails_once':
      return world.constantContact.failsOnce(tenant, what.failure);
    case 'mail_server':
      return answerMail(telling, what.does, what.to);
    case 'stopped':
    case 'started':
    case 'killed':
    case 'dies_with_next_mail':
    case 'clock_jumps': {
      const [first] = tenantsOf(telling.story);
      return tenant === first?.name ? happenToProcess(telling, what) : undefined;
    }
    case 'authorised':
      answer(world, tenant, what.looks, false);
      return await act(telling, what, tenant);
    default:
      return await act(telling, what, tenant);
  }
}

function answer({ constantContact }: World, tenant: string, looks: Looks, isPartial: boolean): void {
  const connections = Object.entries(looks).map(([name, look]): ObservedConnection => {
    const [network = name, accountId = '1'] = name.split(':');
    return anObservedConnection({ network, accountId, ...look });
  });
  if (isPartial) constantContact.showsInPart(tenant, ...connections);
  else constantContact.shows(tenant, ...connections);
}

function pagesOf(all: Pages): readonly Page[] {
  return Object.entries(all).flatMap(([name, { accessible = [], unreachable = [] }]) => {
    const [network = name, accountId = '1'] = name.split(':');
    const page = (pageName: string, isAccessible: boolean): Page => ({
      network,
      accountIds: [accountId],
      name: pageName,
      isAccessible,
    });
    return [...accessible.map((one) => page(one, true)), ...unreachable.map((one) => page(one, false))];
  });
}

const outcomes: Readonly<Record<MailServerDoes, DeliveryOutcome>> = {
  accept: accepted,
  'be down': deferred,
  'refuse our login': { outcome: 'deferred', response: '535 5.7.8 authentication failed', isOurFault: true },
  'refuse the mail': refused,
  'know no such address': unknownAddress,
};

function answerMail({ story, world }: Telling, does: MailServerDoes, to: string | null): void {
  const everybody = tenantsOf(story).flatMap((tenant) => peopleOf(tenant).map((person) => `${person}@${tenant.name}`));
  const addresses = to === null ? everybody : [addressOf(story, to)];
  for (const address of addresses) world.mailer.answersTo(`${address}.example`, outcomes[does]);
  if (to === null || to === 'operator') world.mailer.answersTo(OPERATOR, outcomes[does]);
}

import type { World } from '../support/program-world.ts';
import type { Happening, MailServerDoes } from './happenings.ts';
import { peopleOf } from './story.ts';
import type { Member, Troupe } from './troupe.ts';
import { wireOf } from './wire-looks.ts';

/** Makes what a story says happen to a tenant of the stand-in, or by a command. */
export async function happenToAll(troupe: Troupe, member: Member, what: Happening): Promise<void> {
  const { control, json } = troupe.world;
  const { id, sandboxId } = member;
  switch (what.kind) {
    case 'shows':
      control.clearScript(sandboxId);
      control.setConnections(sandboxId, wireOf(what.looks, what.isPartial));
      return;
    case 'shows_pages':
      for (const [name, { accessible = [], unreachable = [] }] of Object.entries(what.pages)) {
        const [network = name, accountId = '1'] = name.split(':');
        control.setPages(sandboxId, { network, accountId }, [
          ...accessible.map((page) => ({ name: page, accessible: true })),
          ...unreachable.map((page) => ({ name: page, accessible: false })),
        ]);
      }
      return;
    case 'hides_pages':
      control.script({
        tenantId: sandboxId,
        route: 'profiles',
        answer: { kind: 'status', status: statuses[what.failure] ?? 500 },
      });
      return;
    case 'fails':
    case 'fails_once':
      return fail(troupe.world, sandboxId, what);
    case 'authorised': {
      control.clearScript(sandboxId);
      control.setConnections(sandboxId, wireOf(what.looks, false));
      await json(['tenant', 'update', id, '--refresh-token', control.authorise(sandboxId).refreshToken]);
      return;
    }
    case 'mail_server':
      return answerMail(troupe.world, member, what);
    case 'paused':
      await json(['tenant', 'pause', id]);
      return;
    case 'resumed':
      await json(['tenant', 'resume', id]);
      return;
    case 'owner_becomes':
      await json(['tenant', 'update', id, '--owner', `${what.person}@${member.tenant.name}.example`]);
      return;
    case 'snoozed':
      return await snooze(troupe.world, id, what.for);
    case 'killed':
      for (const daemon of troupe.daemons) daemon.kill('SIGKILL');
      await Promise.all(troupe.daemons.map(({ ended }) => ended));
      troupe.daemons = await Promise.all(troupe.daemons.map(() => troupe.world.daemon()));
      return;
    default:
      throw new Error(`${what.kind} is not wired for the whole program`);
  }
}

const statuses: Readonly<Record<string, number>> = { unauthorized: 401, forbidden: 403, server: 503 };

function fail({ control }: World, tenantId: string, what: Extract<Happening, { kind: 'fails' | 'fails_once' }>): void {
  if (what.kind === 'fails') control.clearScript(tenantId);
  if (what.failure === 'invalid_grant') {
    control.revoke(tenantId);
    return;
  }
  const status = statuses[what.failure];
  if (status === undefined) throw new Error(`${what.failure} is not wired for the whole program`);
  // Nobody can tell why, so that it is the owner's matter.
  if (status === 403) control.script({ tenantId, route: 'privileges', answer: { kind: 'status', status: 404 } });
  control.script({
    tenantId,
    route: 'connections',
    answer: { kind: 'status', status },
    ...(what.kind === 'fails_once' && { times: 1 }),
  });
}

const replies: Readonly<Record<MailServerDoes, string | null>> = {
  accept: null,
  'be down': '451 4.3.0 Not now',
  'refuse our login': null,
  'refuse the mail': '554 5.7.1 Looks like spam',
  'know no such address': '550 5.1.1 No such mailbox',
};

/** One server takes the mail of many stories, so what it does to one of them it does by address. */
function answerMail({ smtp }: World, { tenant }: Member, what: Extract<Happening, { kind: 'mail_server' }>): void {
  const people = what.to === null ? peopleOf(tenant) : [what.to];
  for (const person of people) smtp.sayTo(`${person}@${tenant.name}.example`, replies[what.does]);
}

async function snooze({ json }: World, tenantId: string, duration: string): Promise<void> {
  const { incidents } = await json<{ incidents: readonly { id: string }[] }>(['incidents', '--tenant', tenantId]);
  for (const { id } of incidents) await json(['incident', 'snooze', id, '--for', duration]);
}

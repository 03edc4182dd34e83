import type { Instant } from '../../src/domain/model/time.ts';
import { createApplication } from '../../src/monitoring/create-application.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import { alertSettings } from '../support/domain-settings.ts';
import type { MemoryStores } from '../support/memory-store.ts';
import { scriptedAuthorizer } from '../support/use-case-authorizer.ts';
import { scriptedAccess, scriptedConstantContact } from '../support/use-case-constant-contact.ts';
import { collectingLog } from '../support/use-case-log.ts';
import { scriptedMailer } from '../support/use-case-mailer.ts';
import { portsOver } from '../support/use-case-ports.ts';
import { scriptedReceivers } from '../support/use-case-receivers.ts';
import type { Plan } from './plan.ts';
import type { SimClock } from './sim-clock.ts';
import type { SimulatedTokens } from './tokens.ts';

/** Something that happens at its moment. */
export type Planned = Readonly<{ at: Instant; happen: () => void }>;

type World = Readonly<{ stores: MemoryStores; tokens: SimulatedTokens; clock: SimClock; faults: string[] }>;

type OperatorsApplication = ReturnType<typeof createApplication>;

/** What the operator does at its moment, by commands that nothing comes between. */
export function operatorCommands(plan: Plan, world: World): readonly Planned[] {
  const app = operatorsApplication(world);
  return [...permissionsOf(plan, app, world), ...mailHoldsOf(plan, app, world), ...peopleChanges(plan, app, world)];
}

/** A command that fails is a fault of Linkwatch. */
function planned(at: Instant, command: () => Promise<unknown>, { faults }: World): Planned {
  const failed = (error: unknown) => void faults.push(`a command of the operator failed: ${error}`);
  return { at, happen: () => void command().catch(failed) };
}

/** The operator names other people; an owner asks for no reminders on her own page. */
function peopleChanges({ happenings }: Plan, app: OperatorsApplication, world: World): readonly Planned[] {
  const turns = happenings.filter((each) => each.kind === 'people');
  return turns.map(({ at, tenantId, look: { owner, cc, ownerWantsReminders } }) => {
    const change = async () => {
      await app.tenants.update(operator, tenantId, { owner, cc: cc === null ? [] : [cc] });
      if (ownerWantsReminders) return;
      const [record] = await world.stores.records.read([tenantId]);
      const contactId = record?.contacts.find(({ email }) => email === owner)?.id ?? '';
      const viewer = { kind: 'contact', tenantId, contactId } as const;
      await app.owner.request(viewer, { kind: 'prefer', locale: null, wantsReminders: false });
    };
    return planned(at, change, world);
  });
}

/** All mail is held, and let go. */
function mailHoldsOf({ happenings }: Plan, { mail }: OperatorsApplication, world: World): readonly Planned[] {
  const everything = { kind: 'all' } as const;
  return happenings
    .filter((each) => each.kind === 'mail hold')
    .flatMap(({ from, to }) => [
      planned(from, () => mail.hold(operator, everything), world),
      planned(to, () => mail.release(operator, everything), world),
    ]);
}

/** Whoever withdrew the permission gives a new one where the plan says so. */
function permissionsOf(plan: Plan, app: OperatorsApplication, world: World): readonly Planned[] {
  const turns = plan.happenings.filter((each) => each.kind === 'access');
  return turns.flatMap((turn, index): readonly Planned[] => {
    const before = turns.slice(0, index).findLast(({ tenantId }) => tenantId === turn.tenantId);
    if (turn.look !== 'granted' || before?.look === 'forbidden') return [];
    const give = () => app.tenants.update(operator, turn.tenantId, { grant: world.tokens.authorise(turn.tenantId) });
    return [planned(turn.at, give, world)];
  });
}

function operatorsApplication({ stores: { memory: _, ...stores }, clock }: World): OperatorsApplication {
  const own = { now: clock.now, sleep: async (ms: number) => await clock.wakeAt(clock.now() + ms) };
  const parts = {
    clock: own,
    log: collectingLog(),
    access: scriptedAccess(),
    settings: alertSettings(),
    authorizer: scriptedAuthorizer(own),
    constantContact: scriptedConstantContact(),
    mailer: scriptedMailer(own),
    webhookSender: scriptedReceivers(),
  };
  let ids = 0;
  const newId = () => `operator-${++ids}`;
  return createApplication(portsOver(stores, parts, { options: {}, newId, eventNumber: newId, wrap: (port) => port }));
}

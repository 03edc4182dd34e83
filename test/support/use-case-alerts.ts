import type { Notification } from '../../src/domain/model/notification.ts';
import { anObservedConnection, anOperatorNotification } from './builders.ts';
import { ms } from './domain-time.ts';
import { storeOperatorMail } from './store-records.ts';
import { aWorld, OPERATOR, type World, type WorldOptions } from './use-case-world.ts';

/** Each of the tenants has a broken connection, certain by now, and its alert is due; no number of them is a fleet. */
export async function withAlertsDue(tenants: readonly string[], options: WorldOptions = {}): Promise<World> {
  const world = await aWorld({ tenants, ...options, settings: { fleetMin: 1000, ...options.settings } });
  await world.poll();
  for (const id of tenants) world.constantContact.shows(id, anObservedConnection({ tokenIsValid: false }));
  await world.clock.advance(ms('1h'));
  await world.poll();
  await world.clock.advance(ms('15m'));
  await world.poll();
  await world.clock.advance(ms('2m'));
  return world;
}

/** The operator is to hear of an outage, now. */
export async function withOperatorMail({ store, clock }: World): Promise<void> {
  const notification = anOperatorNotification({ to: OPERATOR, createdAt: clock.now(), dueAt: clock.now() });
  await storeOperatorMail(store, notification);
}

export async function pollEveryHour(world: World, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    await world.clock.advance(ms('1h'));
    await world.poll();
  }
}

export async function deliverEachSecond(world: World, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await world.deliver();
    await world.clock.advance(ms('1s'));
  }
}

/** The first mail to an address, as it is stored. */
export function mailTo({ store }: World, address: string): Notification | undefined {
  return [...store.memory.state.notifications.values()].find(({ to }) => to === address);
}

import type { ConnectionStatus } from '../../src/domain/model/connection-status.ts';
import type { Hold } from '../../src/domain/model/hold.ts';
import type { Notification } from '../../src/domain/model/notification.ts';
import { anObservedConnection } from './builders.ts';
import { ms } from './domain-time.ts';
import { aWorld, OPERATOR, type World, type WorldOptions } from './use-case-world.ts';

/** Every tenant with a Facebook account that works, polled at noon; ten minutes later. */
export async function aHealthyFleet(tenants: readonly string[], options: WorldOptions = {}): Promise<World> {
  const world = await aWorld({ tenants, ...options });
  await world.poll();
  await world.clock.advance(ms('10m'));
  return world;
}

/** From now on. */
export function showAll(
  { constantContact }: World,
  tenants: readonly string[],
  status: Partial<ConnectionStatus> = {},
): void {
  for (const id of tenants) constantContact.shows(id, anObservedConnection(status));
}

export function mailOf({ store }: World): readonly Notification[] {
  return [...store.memory.state.notifications.values()];
}

export function heldMail(world: World): readonly Notification[] {
  return mailOf(world).filter(({ state }) => state === 'held');
}

export function holdsOf({ store }: World): readonly Hold[] {
  return [...store.memory.state.holds.values()];
}

/** What the operator was sent, in order. */
export function toOperator({ mailer }: World): readonly string[] {
  return mailer
    .accepted()
    .filter((line) => line.startsWith(OPERATOR))
    .map((line) => line.split(' ').at(-1) ?? '');
}

/** Whom a mail reached that is not the operator: the tenants, each as often as it was sent something. */
export function toOwners({ mailer }: World): readonly string[] {
  return mailer
    .accepted()
    .filter((line) => !line.startsWith(OPERATOR))
    .map((line) => line.replace(/^owner@(.*?)\.example/, '$1'));
}

/** Two processes over one store, each doing all the work of every minute. */
export async function liveTogether(one: World, other: World, lastsMs: number): Promise<void> {
  for (const end = one.clock.now() + lastsMs; one.clock.now() < end; ) {
    await one.clock.advance(ms('1m'));
    await Promise.all([one.poll(), other.poll()]);
    await Promise.all([one.deliver(), other.deliver()]);
  }
}

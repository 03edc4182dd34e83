import { recordedPoll } from './domain-past.ts';
import type { MemoryStores } from './memory-store.ts';

/** All that is stored, but for what tenants rest on; of each tenant's polls, what a database keeps. */
export function rowsOf({ memory }: MemoryStores): Readonly<Record<string, unknown>> {
  const { rests: _, polls, ...others } = memory.state;
  const ofTenants = [...Map.groupBy(polls.values(), ({ tenantId }) => tenantId)];
  return { ...others, polls: new Map(ofTenants.map(([id, own]) => [id, own.map(recordedPoll)])) };
}

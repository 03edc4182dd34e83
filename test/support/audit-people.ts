import { type Actor, tenantPeople } from '../../src/domain/model/audit.ts';

/** Whether such an actor is one of a tenant's people. */
export function isPerson(kind: Actor['kind']): boolean {
  return tenantPeople.some((person) => person === kind);
}

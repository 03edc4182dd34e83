import { expect, it } from '@jest/globals';
import { auditActors, isPerson } from '../../../src/domain/model/audit.ts';

it('of all who may act, these are people of a tenant', () => {
  expect(auditActors.filter(isPerson)).toEqual(['contact', 'guest', 'invited']);
});

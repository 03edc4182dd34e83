import { expect, it } from '@jest/globals';
import { tenantPeople } from '../../../src/domain/model/audit.ts';

it('of all who may act, these are people of a tenant', () => {
  expect(tenantPeople).toEqual(['contact', 'guest', 'invited']);
});

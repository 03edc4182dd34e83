import type { Contact } from '../../src/domain/model/tenant.ts';
import { aContact } from './builders.ts';

export const owner: Contact = aContact({ id: 'owner', role: 'owner', email: 'owner@bakery.example' });
export const partner: Contact = aContact({ id: 'partner', role: 'owner', email: 'partner@bakery.example' });
export const cc: Contact = aContact({ id: 'cc', role: 'cc', email: 'cc@agency.example' });

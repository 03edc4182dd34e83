/** What use cases need of the world, by what they do with it; composition hands in the adapters. */
export type * from './ports/constant-contact.ts';
export type * from './ports/fleet.ts';
export type * from './ports/history.ts';
export type * from './ports/mailing.ts';
export type * from './ports/pages.ts';
export type * from './ports/polling.ts';
export type * from './ports/stores.ts';
export type * from './ports/surroundings.ts';
export type * from './ports/tenants.ts';

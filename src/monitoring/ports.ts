/** The ports: use cases declare here what they need, and composition hands in the adapters. */
export type * from './ports/api-keys.ts';
export type * from './ports/api-writes.ts';
export type * from './ports/audit.ts';
export type * from './ports/authorizer.ts';
export type * from './ports/constant-contact.ts';
export type * from './ports/events.ts';
export type * from './ports/fleet.ts';
export type * from './ports/history.ts';
export type * from './ports/mailing.ts';
export type * from './ports/monitor.ts';
export type * from './ports/pages.ts';
export type * from './ports/polling.ts';
export type * from './ports/secrets.ts';
export type * from './ports/stores.ts';
export type * from './ports/surroundings.ts';
export type * from './ports/tenants.ts';
export type * from './ports/webhooks.ts';

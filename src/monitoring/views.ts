/**
 * The answers that the command line, the API and the pages all give, as types. Their schemas are loaded where needed.
 */
export type * from './views/api-keys.ts';
export type * from './views/applications.ts';
export type * from './views/audit.ts';
export type * from './views/events.ts';
export type * from './views/explanation.ts';
export type * from './views/imports.ts';
export type * from './views/incidents.ts';
export type * from './views/mail.ts';
export type * from './views/operations.ts';
export type * from './views/past.ts';
export type * from './views/replay.ts';
export type * from './views/rounds.ts';
export type * from './views/tenants.ts';
export type * from './views/webhooks.ts';
export type * from './views/workers.ts';

/** The kinds of work that a worker may be told to do, and no other: `linkwatch start --only poll,mail`. */
export const workerRoles = ['poll', 'mail', 'webhooks', 'http'] as const;

export type WorkerRole = (typeof workerRoles)[number];

/** What comes due in pages: tenants to be polled, mails, or endpoints that events are sent to. */
export type PageKind = Exclude<WorkerRole, 'http'>;

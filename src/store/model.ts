/**
 * The generated types of the rows and of the client. Both databases' clients come from one model and differ in nothing
 * that the store uses, so SQLite's types stand for both.
 */
export type {
  ApiKey,
  Application,
  AuditEntry,
  Change,
  Connection,
  Contact,
  Credential,
  Event,
  Fault,
  Hold,
  Incident,
  Notification,
  NotificationTopic,
  Poll,
  Prisma,
  PrismaClient,
  Snapshot,
  Tenant,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEndpoint,
  Worker,
} from './generated/sqlite/client.ts';

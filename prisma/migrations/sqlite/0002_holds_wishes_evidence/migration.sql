-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "reconnectUrl" TEXT;
ALTER TABLE "Tenant" ADD COLUMN "replyTo" TEXT;
ALTER TABLE "Tenant" ADD COLUMN "senderName" TEXT;
ALTER TABLE "Tenant" ADD COLUMN "unreachableSince" DATETIME;

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN "flappingBy" TEXT;
ALTER TABLE "Incident" ADD COLUMN "flappingHealth" TEXT;
ALTER TABLE "Incident" ADD COLUMN "flappingSince" DATETIME;
ALTER TABLE "Incident" ADD COLUMN "heldBy" TEXT;
ALTER TABLE "Incident" ADD COLUMN "settledAt" DATETIME;
ALTER TABLE "Incident" ADD COLUMN "steadySince" DATETIME;

-- CreateTable
CREATE TABLE "Hold" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "network" TEXT,
    "cause" TEXT,
    "since" DATETIME NOT NULL,
    "beganAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    "endReason" TEXT,
    "tenants" INTEGER NOT NULL,
    "sample" TEXT NOT NULL,
    "openKey" TEXT
);

-- CreateTable
CREATE TABLE "Digest" (
    "day" TEXT NOT NULL PRIMARY KEY,
    "writtenAt" DATETIME NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Contact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "refusals" INTEGER NOT NULL,
    "locale" TEXT,
    "wantsReminders" BOOLEAN NOT NULL DEFAULT true,
    "snoozes" TEXT NOT NULL DEFAULT '[]',
    "unsubscribedAt" DATETIME,
    "removedAt" DATETIME,
    CONSTRAINT "Contact_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Contact" ("email", "id", "refusals", "removedAt", "role", "state", "tenantId", "unsubscribedAt") SELECT "email", "id", "refusals", "removedAt", "role", "state", "tenantId", "unsubscribedAt" FROM "Contact";
DROP TABLE "Contact";
ALTER TABLE "new_Contact" RENAME TO "Contact";
CREATE UNIQUE INDEX "Contact_tenantId_email_key" ON "Contact"("tenantId", "email");
CREATE TABLE "new_Connection" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "displayName" TEXT,
    "username" TEXT,
    "firstSeenAt" DATETIME NOT NULL,
    "foundAtBaseline" BOOLEAN NOT NULL,
    "absentPolls" INTEGER NOT NULL,
    "removedAt" DATETIME,
    "rateLimitedSince" DATETIME,
    "checkFailedInvalidSince" DATETIME,
    "checkFailedSince" DATETIME,
    "turns" TEXT NOT NULL DEFAULT '[]',
    CONSTRAINT "Connection_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Connection" ("absentPolls", "accountId", "checkFailedInvalidSince", "displayName", "firstSeenAt", "foundAtBaseline", "id", "network", "rateLimitedSince", "removedAt", "tenantId", "username") SELECT "absentPolls", "accountId", "checkFailedInvalidSince", "displayName", "firstSeenAt", "foundAtBaseline", "id", "network", "rateLimitedSince", "removedAt", "tenantId", "username" FROM "Connection";
DROP TABLE "Connection";
ALTER TABLE "new_Connection" RENAME TO "Connection";
CREATE UNIQUE INDEX "Connection_tenantId_network_accountId_key" ON "Connection"("tenantId", "network", "accountId");
CREATE TABLE "new_Notification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT,
    "contactId" TEXT,
    "to" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "dueAt" DATETIME NOT NULL,
    "leaseUntil" DATETIME,
    "conversationId" TEXT,
    "report" TEXT,
    "attempts" INTEGER NOT NULL,
    "outcomeUnknown" BOOLEAN NOT NULL,
    "messageId" TEXT,
    "subject" TEXT,
    "response" TEXT,
    "sentAt" DATETIME,
    "firstAttemptAt" DATETIME,
    "lastAttemptAt" DATETIME,
    "freshAfter" DATETIME,
    "passesHolds" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Notification_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Notification_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Notification" ("attempts", "contactId", "conversationId", "createdAt", "dueAt", "id", "kind", "leaseUntil", "messageId", "outcomeUnknown", "reason", "report", "response", "sentAt", "state", "subject", "tenantId", "to") SELECT "attempts", "contactId", "conversationId", "createdAt", "dueAt", "id", "kind", "leaseUntil", "messageId", "outcomeUnknown", "reason", "report", "response", "sentAt", "state", "subject", "tenantId", "to" FROM "Notification";
DROP TABLE "Notification";
ALTER TABLE "new_Notification" RENAME TO "Notification";
CREATE INDEX "Notification_state_dueAt_idx" ON "Notification"("state", "dueAt");
CREATE INDEX "Notification_tenantId_state_idx" ON "Notification"("tenantId", "state");
CREATE INDEX "Notification_contactId_idx" ON "Notification"("contactId");
CREATE INDEX "Notification_createdAt_idx" ON "Notification"("createdAt");
CREATE INDEX "Notification_sentAt_idx" ON "Notification"("sentAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Hold_openKey_key" ON "Hold"("openKey");

-- CreateIndex
CREATE INDEX "Incident_heldBy_idx" ON "Incident"("heldBy");

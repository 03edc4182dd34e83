-- CreateTable
CREATE TABLE "Tenant" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "schedule" TEXT,
    "createdAt" DATETIME NOT NULL,
    "baselinedAt" DATETIME,
    "lastPolledAt" DATETIME,
    "lastGoodPollAt" DATETIME,
    "nextPollAt" DATETIME,
    "intervalMs" BIGINT NOT NULL,
    "failingKind" TEXT,
    "failingSince" DATETIME,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Contact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "refusals" INTEGER NOT NULL,
    "unsubscribedAt" DATETIME,
    "removedAt" DATETIME,
    CONSTRAINT "Contact_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Credential" (
    "tenantId" TEXT NOT NULL PRIMARY KEY,
    "accessToken" TEXT,
    "refreshToken" TEXT NOT NULL,
    "expiresAt" DATETIME,
    "lifetimeMs" BIGINT,
    "revision" INTEGER NOT NULL,
    "refreshLeaseUntil" DATETIME,
    CONSTRAINT "Credential_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Connection" (
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
    CONSTRAINT "Connection_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Snapshot" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "connectionId" TEXT NOT NULL,
    "periodOfId" TEXT,
    "startedAt" DATETIME NOT NULL,
    "seenUntil" DATETIME NOT NULL,
    "speaksUntil" DATETIME NOT NULL,
    "health" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "hasToken" BOOLEAN,
    "isActiveUser" BOOLEAN,
    "rateLimited" BOOLEAN,
    "tokenHasScopes" BOOLEAN,
    "tokenIsValid" BOOLEAN,
    "error" TEXT,
    "networkStatus" INTEGER,
    "polls" INTEGER NOT NULL,
    CONSTRAINT "Snapshot_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Snapshot_periodOfId_fkey" FOREIGN KEY ("periodOfId") REFERENCES "Connection" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Poll" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "tenantId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "connections" INTEGER,
    "failureKind" TEXT,
    "failureDetail" TEXT,
    "failureRequestId" TEXT,
    CONSTRAINT "Poll_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Change" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "fromHealth" TEXT,
    "toHealth" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "Change_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Change_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "connectionId" TEXT,
    "openKey" TEXT,
    "state" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,
    "confirmedAt" DATETIME,
    "closedAt" DATETIME,
    "closeReason" TEXT,
    "foundAtBaseline" BOOLEAN NOT NULL,
    "badPolls" INTEGER,
    "badCountedAt" DATETIME,
    "actionPolls" INTEGER,
    "actionCountedAt" DATETIME,
    "goodPolls" INTEGER,
    "goodCountedAt" DATETIME,
    "certainAction" TEXT,
    "toldAction" TEXT,
    "toldAt" DATETIME,
    "toldIn" TEXT,
    "alertsTold" INTEGER NOT NULL,
    "remindersUsed" INTEGER NOT NULL,
    "remindAt" DATETIME,
    "snoozedUntil" DATETIME,
    "acknowledgedAt" DATETIME,
    "decision" TEXT NOT NULL,
    CONSTRAINT "Incident_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Incident_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Notification" (
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
    CONSTRAINT "Notification_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Notification_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "NotificationTopic" (
    "notificationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "incidentId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "liveKey" TEXT,

    PRIMARY KEY ("notificationId", "position"),
    CONSTRAINT "NotificationTopic_notificationId_fkey" FOREIGN KEY ("notificationId") REFERENCES "Notification" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "NotificationTopic_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RequestDay" (
    "day" TEXT NOT NULL PRIMARY KEY,
    "used" INTEGER NOT NULL,
    "isExhausted" BOOLEAN NOT NULL
);

-- CreateTable
CREATE TABLE "Outage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "since" DATETIME NOT NULL,
    "confirmedAt" DATETIME,
    "endedAt" DATETIME,
    "kind" TEXT NOT NULL,
    "openKey" TEXT
);

-- CreateIndex
CREATE INDEX "Tenant_nextPollAt_idx" ON "Tenant"("nextPollAt");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_tenantId_email_key" ON "Contact"("tenantId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_tenantId_network_accountId_key" ON "Connection"("tenantId", "network", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Snapshot_periodOfId_key" ON "Snapshot"("periodOfId");

-- CreateIndex
CREATE INDEX "Snapshot_connectionId_startedAt_idx" ON "Snapshot"("connectionId", "startedAt");

-- CreateIndex
CREATE INDEX "Poll_tenantId_at_idx" ON "Poll"("tenantId", "at");

-- CreateIndex
CREATE INDEX "Poll_at_idx" ON "Poll"("at");

-- CreateIndex
CREATE INDEX "Change_tenantId_at_idx" ON "Change"("tenantId", "at");

-- CreateIndex
CREATE INDEX "Change_connectionId_idx" ON "Change"("connectionId");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_openKey_key" ON "Incident"("openKey");

-- CreateIndex
CREATE INDEX "Incident_tenantId_state_idx" ON "Incident"("tenantId", "state");

-- CreateIndex
CREATE INDEX "Incident_connectionId_idx" ON "Incident"("connectionId");

-- CreateIndex
CREATE INDEX "Incident_remindAt_idx" ON "Incident"("remindAt");

-- CreateIndex
CREATE INDEX "Incident_openedAt_idx" ON "Incident"("openedAt");

-- CreateIndex
CREATE INDEX "Notification_state_dueAt_idx" ON "Notification"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Notification_tenantId_state_idx" ON "Notification"("tenantId", "state");

-- CreateIndex
CREATE INDEX "Notification_contactId_idx" ON "Notification"("contactId");

-- CreateIndex
CREATE INDEX "Notification_createdAt_idx" ON "Notification"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationTopic_liveKey_key" ON "NotificationTopic"("liveKey");

-- CreateIndex
CREATE INDEX "NotificationTopic_incidentId_idx" ON "NotificationTopic"("incidentId");

-- CreateIndex
CREATE UNIQUE INDEX "Outage_openKey_key" ON "Outage"("openKey");

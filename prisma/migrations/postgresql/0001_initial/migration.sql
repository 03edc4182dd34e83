-- CreateTable
CREATE TABLE "Tenant" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "schedule" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "baselinedAt" TIMESTAMP(3),
    "lastPolledAt" TIMESTAMP(3),
    "lastGoodPollAt" TIMESTAMP(3),
    "nextPollAt" TIMESTAMP(3),
    "intervalMs" BIGINT NOT NULL,
    "failingKind" TEXT,
    "failingSince" TIMESTAMP(3),
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "Tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Contact" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "refusals" INTEGER NOT NULL,
    "unsubscribedAt" TIMESTAMP(3),
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Credential" (
    "tenantId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3),
    "lifetimeMs" BIGINT,
    "revision" INTEGER NOT NULL,
    "refreshLeaseUntil" TIMESTAMP(3),

    CONSTRAINT "Credential_pkey" PRIMARY KEY ("tenantId")
);

-- CreateTable
CREATE TABLE "Connection" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "displayName" TEXT,
    "username" TEXT,
    "firstSeenAt" TIMESTAMP(3) NOT NULL,
    "foundAtBaseline" BOOLEAN NOT NULL,
    "absentPolls" INTEGER NOT NULL,
    "removedAt" TIMESTAMP(3),
    "rateLimitedSince" TIMESTAMP(3),
    "checkFailedInvalidSince" TIMESTAMP(3),

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Snapshot" (
    "id" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "periodOfId" TEXT,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "seenUntil" TIMESTAMP(3) NOT NULL,
    "speaksUntil" TIMESTAMP(3) NOT NULL,
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

    CONSTRAINT "Snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Poll" (
    "id" SERIAL NOT NULL,
    "tenantId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "connections" INTEGER,
    "failureKind" TEXT,
    "failureDetail" TEXT,
    "failureRequestId" TEXT,

    CONSTRAINT "Poll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Change" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "fromHealth" TEXT,
    "toHealth" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "connectionId" TEXT,
    "openKey" TEXT,
    "state" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "closeReason" TEXT,
    "foundAtBaseline" BOOLEAN NOT NULL,
    "badPolls" INTEGER,
    "badCountedAt" TIMESTAMP(3),
    "actionPolls" INTEGER,
    "actionCountedAt" TIMESTAMP(3),
    "goodPolls" INTEGER,
    "goodCountedAt" TIMESTAMP(3),
    "certainAction" TEXT,
    "toldAction" TEXT,
    "toldAt" TIMESTAMP(3),
    "toldIn" TEXT,
    "alertsTold" INTEGER NOT NULL,
    "remindersUsed" INTEGER NOT NULL,
    "remindAt" TIMESTAMP(3),
    "snoozedUntil" TIMESTAMP(3),
    "acknowledgedAt" TIMESTAMP(3),
    "decision" TEXT NOT NULL,

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT,
    "contactId" TEXT,
    "to" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "leaseUntil" TIMESTAMP(3),
    "conversationId" TEXT,
    "report" TEXT,
    "attempts" INTEGER NOT NULL,
    "outcomeUnknown" BOOLEAN NOT NULL,
    "messageId" TEXT,
    "subject" TEXT,
    "response" TEXT,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotificationTopic" (
    "notificationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "incidentId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "liveKey" TEXT,

    CONSTRAINT "NotificationTopic_pkey" PRIMARY KEY ("notificationId","position")
);

-- CreateTable
CREATE TABLE "RequestDay" (
    "day" TEXT NOT NULL,
    "used" INTEGER NOT NULL,
    "isExhausted" BOOLEAN NOT NULL,

    CONSTRAINT "RequestDay_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "Outage" (
    "id" TEXT NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "kind" TEXT NOT NULL,
    "openKey" TEXT,

    CONSTRAINT "Outage_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Credential" ADD CONSTRAINT "Credential_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Snapshot" ADD CONSTRAINT "Snapshot_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Snapshot" ADD CONSTRAINT "Snapshot_periodOfId_fkey" FOREIGN KEY ("periodOfId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Poll" ADD CONSTRAINT "Poll_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationTopic" ADD CONSTRAINT "NotificationTopic_notificationId_fkey" FOREIGN KEY ("notificationId") REFERENCES "Notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationTopic" ADD CONSTRAINT "NotificationTopic_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

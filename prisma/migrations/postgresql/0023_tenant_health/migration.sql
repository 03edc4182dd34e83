-- Breaking: a program that does not know these columns would poll without writing them.

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "brokenUntil" TIMESTAMP(3),
ADD COLUMN     "observedUntil" TIMESTAMP(3),
ADD COLUMN     "waitingUntil" TIMESTAMP(3);

-- DropIndex
DROP INDEX "Tenant_lastPolledAt_idx";

-- CreateIndex
CREATE INDEX "Tenant_lastPolledAt_applicationId_nextPollAt_idx" ON "Tenant"("lastPolledAt", "applicationId", "nextPollAt");

-- CreateIndex
CREATE INDEX "Tenant_recheckWanted_applicationId_nextPollAt_idx" ON "Tenant"("recheckWanted", "applicationId", "nextPollAt");

-- CreateIndex
CREATE INDEX "Tenant_brokenUntil_idx" ON "Tenant"("brokenUntil");

-- CreateIndex
CREATE INDEX "Tenant_waitingUntil_idx" ON "Tenant"("waitingUntil");

-- CreateIndex
CREATE INDEX "Tenant_observedUntil_idx" ON "Tenant"("observedUntil");

-- CreateIndex
CREATE INDEX "Tenant_failingSince_idx" ON "Tenant"("failingSince");

-- CreateIndex
CREATE INDEX "Connection_network_tenantId_idx" ON "Connection"("network", "tenantId");

-- CreateIndex
CREATE INDEX "Credential_refreshFailingSince_idx" ON "Credential"("refreshFailingSince");

-- The model has no indexes of expressions. One of "removedAt" itself would tempt SQLite: nearly all rows are null there.
CREATE INDEX "Tenant_is_removed_idx" ON "Tenant"(("removedAt" IS NOT NULL));
CREATE INDEX "Tenant_lower_name_idx" ON "Tenant"((LOWER("name")) COLLATE "C", "id");
CREATE INDEX "Contact_lower_email_idx" ON "Contact"(LOWER("email"));

UPDATE "Tenant" SET "brokenUntil" = found."broken", "waitingUntil" = found."waiting", "observedUntil" = found."observed"
FROM (
  SELECT t."id" AS "id",
    MAX(CASE WHEN t."state" NOT IN ('reauthorize', 'access_denied') AND s."health" = 'broken' THEN s."speaksUntil" END) AS "broken",
    MAX(CASE WHEN t."state" NOT IN ('reauthorize', 'access_denied') AND s."health" = 'waiting' THEN s."speaksUntil" END) AS "waiting",
    MIN(CASE WHEN s."health" = 'removed' THEN NULL
      WHEN s."health" IS NULL OR s."health" = 'unobserved' OR t."state" IN ('reauthorize', 'access_denied') THEN TIMESTAMP '1970-01-01'
      ELSE s."speaksUntil" END) AS "observed"
  FROM "Tenant" t JOIN "Connection" c ON c."tenantId" = t."id" LEFT JOIN "Snapshot" s ON s."periodOfId" = c."id"
  GROUP BY t."id"
) AS found
WHERE "Tenant"."id" = found."id";

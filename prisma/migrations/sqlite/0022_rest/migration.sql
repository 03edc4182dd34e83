-- Breaking: a program that does not know rests would poll without ending them.

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "rest" TEXT;

-- AlterTable
ALTER TABLE "Poll" ADD COLUMN "repeats" TEXT;
ALTER TABLE "Poll" ADD COLUMN "until" DATETIME;

-- CreateIndex
CREATE INDEX "Tenant_lastPolledAt_idx" ON "Tenant"("lastPolledAt");

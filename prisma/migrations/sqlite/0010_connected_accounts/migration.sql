-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "accountId" TEXT;
ALTER TABLE "Tenant" ADD COLUMN "linksSpentAt" DATETIME;

-- CreateIndex
CREATE UNIQUE INDEX "Tenant_accountId_key" ON "Tenant"("accountId");

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "accountId" TEXT,
ADD COLUMN     "linksSpentAt" TIMESTAMP(3);

-- CreateIndex
CREATE UNIQUE INDEX "Tenant_accountId_key" ON "Tenant"("accountId");

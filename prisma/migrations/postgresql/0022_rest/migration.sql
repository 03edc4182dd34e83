-- Breaking: a program that does not know rests would poll without ending them.

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "rest" TEXT;

-- AlterTable
ALTER TABLE "Poll" ADD COLUMN     "repeats" TEXT,
ADD COLUMN     "until" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "Tenant_lastPolledAt_idx" ON "Tenant"("lastPolledAt");

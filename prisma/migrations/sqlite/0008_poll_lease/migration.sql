-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "pollLeaseBy" TEXT;
ALTER TABLE "Tenant" ADD COLUMN "pollLeaseUntil" DATETIME;

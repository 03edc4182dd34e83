-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "pollLeaseBy" TEXT,
ADD COLUMN     "pollLeaseUntil" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Credential" ADD COLUMN "refreshLeaseBy" TEXT;

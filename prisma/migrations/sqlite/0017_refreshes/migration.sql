-- AlterTable
ALTER TABLE "Credential" ADD COLUMN "refreshedAt" DATETIME;
ALTER TABLE "Credential" ADD COLUMN "refreshFailures" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Credential" ADD COLUMN "refreshFailure" TEXT;
ALTER TABLE "Credential" ADD COLUMN "refreshFailingSince" DATETIME;

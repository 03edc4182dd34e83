-- AlterTable
ALTER TABLE "Credential" ADD COLUMN     "refreshFailingSince" TIMESTAMP(3),
ADD COLUMN     "refreshFailure" TEXT,
ADD COLUMN     "refreshFailures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refreshedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "privilegesAskedAt" DATETIME;

-- AlterTable
ALTER TABLE "Credential" ADD COLUMN "scopes" TEXT;

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "privilegesAskedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Credential" ADD COLUMN     "scopes" TEXT;

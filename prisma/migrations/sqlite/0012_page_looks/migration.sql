-- AlterTable
ALTER TABLE "Connection" ADD COLUMN "unreachablePages" TEXT;

-- AlterTable
ALTER TABLE "Poll" ADD COLUMN "pages" TEXT;

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN "pagesAskedAt" DATETIME;
ALTER TABLE "Tenant" ADD COLUMN "pagesWanted" BOOLEAN NOT NULL DEFAULT false;

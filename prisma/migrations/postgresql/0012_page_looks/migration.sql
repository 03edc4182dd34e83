-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "pagesAskedAt" TIMESTAMP(3),
ADD COLUMN     "pagesWanted" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "unreachablePages" TEXT;

-- AlterTable
ALTER TABLE "Poll" ADD COLUMN     "pages" TEXT;

-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'program';

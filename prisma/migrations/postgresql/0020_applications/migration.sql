-- Breaking: requests of a day belong to a key from here on, which older programs do not name.

-- CreateTable
CREATE TABLE "Application" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "clientSecret" TEXT,
    "requestsPerSecond" INTEGER NOT NULL,
    "requestsPerDay" INTEGER NOT NULL,
    "tokenRequestsPerSecond" INTEGER NOT NULL,
    "reserveShare" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Breaker" (
    "id" INTEGER NOT NULL,
    "openSince" TIMESTAMP(3),
    "failure" TEXT,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Breaker_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "applicationId" TEXT,
ADD COLUMN     "recheckWanted" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Fault" ADD COLUMN     "applicationId" TEXT;

-- What the one key has used so far is the key's whose requests were planned last.
ALTER TABLE "RequestDay" ADD COLUMN     "key" TEXT NOT NULL DEFAULT '';
UPDATE "RequestDay" SET "key" = COALESCE((SELECT "key" FROM "RequestRate" ORDER BY "nextAt" DESC LIMIT 1), '');
ALTER TABLE "RequestDay" ALTER COLUMN "key" DROP DEFAULT,
DROP CONSTRAINT "RequestDay_pkey",
ADD CONSTRAINT "RequestDay_pkey" PRIMARY KEY ("key", "day");

-- CreateIndex
CREATE UNIQUE INDEX "Application_name_key" ON "Application"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Application_clientId_key" ON "Application"("clientId");

-- CreateIndex
CREATE INDEX "Tenant_applicationId_nextPollAt_idx" ON "Tenant"("applicationId", "nextPollAt");

-- AddForeignKey
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

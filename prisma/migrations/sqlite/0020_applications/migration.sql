-- Breaking: requests of a day belong to a key from here on, which older programs do not name.

-- CreateTable
CREATE TABLE "Application" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "clientId" TEXT NOT NULL,
    "clientSecret" TEXT,
    "requestsPerSecond" INTEGER NOT NULL,
    "requestsPerDay" INTEGER NOT NULL,
    "tokenRequestsPerSecond" INTEGER NOT NULL,
    "reserveShare" REAL NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "revision" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Breaker" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "openSince" DATETIME,
    "failure" TEXT,
    "closedAt" DATETIME
);

-- CreateIndex
CREATE UNIQUE INDEX "Application_name_key" ON "Application"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Application_clientId_key" ON "Application"("clientId");

-- The columns are added one by one: to make the table anew, as Prisma would, takes long for a large fleet.
ALTER TABLE "Tenant" ADD COLUMN "recheckWanted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Tenant" ADD COLUMN "applicationId" TEXT REFERENCES "Application" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "Tenant_applicationId_nextPollAt_idx" ON "Tenant"("applicationId", "nextPollAt");

-- AlterTable
ALTER TABLE "Fault" ADD COLUMN "applicationId" TEXT;

-- What the one key has used so far is the key's whose requests were planned last.
CREATE TABLE "new_RequestDay" (
    "key" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "used" INTEGER NOT NULL,
    "isExhausted" BOOLEAN NOT NULL,

    PRIMARY KEY ("key", "day")
);
INSERT INTO "new_RequestDay" ("key", "day", "used", "isExhausted")
  SELECT COALESCE((SELECT "key" FROM "RequestRate" ORDER BY "nextAt" DESC LIMIT 1), ''), "day", "used", "isExhausted" FROM "RequestDay";
DROP TABLE "RequestDay";
ALTER TABLE "new_RequestDay" RENAME TO "RequestDay";

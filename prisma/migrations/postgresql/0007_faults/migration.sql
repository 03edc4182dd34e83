-- CreateTable
CREATE TABLE "Fault" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "tenants" INTEGER NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "openKey" TEXT,

    CONSTRAINT "Fault_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Fault_openKey_key" ON "Fault"("openKey");

-- Outages, lost access of the whole fleet and mail trouble are faults; the last two were kept among the holds.
INSERT INTO "Fault" ("id", "kind", "cause", "tenants", "since", "confirmedAt", "endedAt", "openKey")
SELECT "id", 'upstream', "kind", 0, "since", "confirmedAt", "endedAt",
  CASE WHEN "openKey" IS NOT NULL THEN 'upstream' END
FROM "Outage";
INSERT INTO "Fault" ("id", "kind", "cause", "tenants", "since", "confirmedAt", "endedAt", "openKey")
SELECT "id", 'access', COALESCE("cause", ''), "tenants", "since", "beganAt", "endedAt", "openKey"
FROM "Hold" WHERE "kind" = 'access';
INSERT INTO "Fault" ("id", "kind", "cause", "tenants", "since", "confirmedAt", "endedAt", "openKey")
SELECT "id", 'mail', COALESCE("cause", ''), 0, "since", "beganAt", "endedAt",
  CASE WHEN "openKey" IS NOT NULL THEN 'mail' END
FROM "Hold" WHERE "kind" = 'mail_trouble';
DELETE FROM "Hold" WHERE "kind" IN ('access', 'mail_trouble');

-- DropTable
DROP TABLE "Outage";

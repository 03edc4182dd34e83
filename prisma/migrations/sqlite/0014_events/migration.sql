-- CreateTable
CREATE TABLE "Event" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "position" INTEGER,
    "tenantId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "data" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "EventFeed" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "lastPosition" INTEGER NOT NULL,
    "prunedTo" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Event_id_key" ON "Event"("id");

-- CreateIndex
CREATE UNIQUE INDEX "Event_position_key" ON "Event"("position");

-- CreateIndex
CREATE INDEX "Event_tenantId_position_idx" ON "Event"("tenantId", "position");

-- The feed begins empty.
INSERT INTO "EventFeed" ("id", "lastPosition", "prunedTo") VALUES (1, 0, 0);

-- CreateTable
CREATE TABLE "Event" (
    "seq" SERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER,
    "tenantId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "data" TEXT NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "EventFeed" (
    "id" INTEGER NOT NULL,
    "lastPosition" INTEGER NOT NULL,
    "prunedTo" INTEGER NOT NULL,

    CONSTRAINT "EventFeed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Event_id_key" ON "Event"("id");

-- CreateIndex
CREATE UNIQUE INDEX "Event_position_key" ON "Event"("position");

-- CreateIndex
CREATE INDEX "Event_tenantId_position_idx" ON "Event"("tenantId", "position");

-- The feed begins empty.
INSERT INTO "EventFeed" ("id", "lastPosition", "prunedTo") VALUES (1, 0, 0);

-- Compatible: programs that do not know it neither read nor write these tables, and an index is nobody's business.

-- CreateTable
CREATE TABLE "Worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "clockAheadMs" INTEGER NOT NULL,
    "polls" INTEGER NOT NULL,
    "mails" INTEGER NOT NULL,
    "webhooks" INTEGER NOT NULL,

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WriterLevel" (
    "id" INTEGER NOT NULL,
    "lowest" INTEGER NOT NULL,

    CONSTRAINT "WriterLevel_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Worker_lastSeenAt_idx" ON "Worker"("lastSeenAt");

-- CreateIndex
CREATE INDEX "Notification_leaseUntil_idx" ON "Notification"("leaseUntil");

-- No program is shut out yet.
INSERT INTO "WriterLevel" ("id", "lowest") VALUES (1, 0);

-- CreateTable
CREATE TABLE "RequestRate" (
    "key" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "nextAt" DATETIME NOT NULL,
    "pausedUntil" DATETIME NOT NULL,

    PRIMARY KEY ("key", "endpoint")
);

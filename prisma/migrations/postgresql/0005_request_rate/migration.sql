-- CreateTable
CREATE TABLE "RequestRate" (
    "key" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "nextAt" TIMESTAMP(3) NOT NULL,
    "pausedUntil" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RequestRate_pkey" PRIMARY KEY ("key","endpoint")
);

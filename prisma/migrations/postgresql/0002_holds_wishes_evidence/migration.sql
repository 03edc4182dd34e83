-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "reconnectUrl" TEXT,
ADD COLUMN     "replyTo" TEXT,
ADD COLUMN     "senderName" TEXT,
ADD COLUMN     "unreachableSince" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Contact" ADD COLUMN     "locale" TEXT,
ADD COLUMN     "snoozes" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "wantsReminders" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "checkFailedSince" TIMESTAMP(3),
ADD COLUMN     "turns" TEXT NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "flappingBy" TEXT,
ADD COLUMN     "flappingHealth" TEXT,
ADD COLUMN     "flappingSince" TIMESTAMP(3),
ADD COLUMN     "heldBy" TEXT,
ADD COLUMN     "settledAt" TIMESTAMP(3),
ADD COLUMN     "steadySince" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Notification" ADD COLUMN     "firstAttemptAt" TIMESTAMP(3),
ADD COLUMN     "freshAfter" TIMESTAMP(3),
ADD COLUMN     "lastAttemptAt" TIMESTAMP(3),
ADD COLUMN     "passesHolds" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Hold" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "network" TEXT,
    "cause" TEXT,
    "since" TIMESTAMP(3) NOT NULL,
    "beganAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "endReason" TEXT,
    "tenants" INTEGER NOT NULL,
    "sample" TEXT NOT NULL,
    "openKey" TEXT,

    CONSTRAINT "Hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Digest" (
    "day" TEXT NOT NULL,
    "writtenAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Digest_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE UNIQUE INDEX "Hold_openKey_key" ON "Hold"("openKey");

-- CreateIndex
CREATE INDEX "Incident_heldBy_idx" ON "Incident"("heldBy");

-- CreateIndex
CREATE INDEX "Notification_sentAt_idx" ON "Notification"("sentAt");

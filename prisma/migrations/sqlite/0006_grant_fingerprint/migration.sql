-- AlterTable
ALTER TABLE "Credential" ADD COLUMN "fingerprint" TEXT;
ALTER TABLE "Credential" ADD COLUMN "givenFingerprint" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Credential_fingerprint_key" ON "Credential"("fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "Credential_givenFingerprint_key" ON "Credential"("givenFingerprint");

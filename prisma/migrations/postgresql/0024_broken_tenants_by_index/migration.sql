-- Compatible: an index has one more column, and programs do not know indexes.

-- DropIndex
DROP INDEX "Tenant_brokenUntil_idx";

-- CreateIndex
CREATE INDEX "Tenant_brokenUntil_id_idx" ON "Tenant"("brokenUntil", "id");

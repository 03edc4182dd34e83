-- Compatible: only an index is another one.

-- DropIndex
DROP INDEX "Tenant_brokenUntil_idx";

-- CreateIndex
CREATE INDEX "Tenant_brokenUntil_id_idx" ON "Tenant"("brokenUntil", "id");

-- Networks compare without case, identities without the spaces around them. Where a tenant has an account in two
-- spellings, both rows keep theirs.
UPDATE "Connection" SET "network" = lower(trim("network")), "accountId" = trim("accountId")
WHERE ("network" <> lower(trim("network")) OR "accountId" <> trim("accountId")) AND NOT EXISTS (
  SELECT 1 FROM "Connection" AS "twin"
  WHERE "twin"."id" <> "Connection"."id" AND "twin"."tenantId" = "Connection"."tenantId"
    AND lower(trim("twin"."network")) = lower(trim("Connection"."network"))
    AND trim("twin"."accountId") = trim("Connection"."accountId")
);

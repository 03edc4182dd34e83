import { type ApiKey, keyStateAt } from '../../domain/model/api-key.ts';
import type { AuditAction } from '../../domain/model/audit.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import type { AuditPorts } from '../audit/write-entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import type { ApiKeySecrets, Stores } from '../ports.ts';
import type { Viewer } from '../viewer.ts';

export type KeyViewer = Extract<Viewer, { kind: 'key' }>;

/** The viewer that a key's secret stands for; null for a secret of no key, or of one that is revoked or expired. */
export type CheckKey = (secret: string, from: string) => Promise<KeyViewer | null>;

export type CheckKeyPorts = AuditPorts & Pick<Stores, 'apiKeys'> & Readonly<{ keySecrets: ApiKeySecrets }>;

/** A use of a key is written down once an hour for each address it comes from, and so is a refusal. */
const NOTED_EACH_MS = HOUR_MS;
/** Addresses remembered at most; beyond them, what was noted longest ago is noted again. */
const NOTED_AT_MOST = 10_000;

/** Known to the minute: a write for each request would cost more than the request. */
export async function noteUse(
  { id, lastUsedAt }: ApiKey,
  { apiKeys, clock }: Pick<CheckKeyPorts, 'apiKeys' | 'clock'>,
): Promise<void> {
  const now = clock.now();
  if (lastUsedAt === null || now - lastUsedAt >= MINUTE_MS) await apiKeys.touch(id, now);
}

/**
 * Looks a key up at each request, by the hash of its secret: so revoking it is in force at once in every process, and
 * how long the answer takes tells nothing of any secret.
 */
export function createCheckKey(ports: CheckKeyPorts): CheckKey {
  const { apiKeys, keySecrets, clock } = ports;
  const noted = new Map<string, Instant>();
  const note = async (action: AuditAction, key: ApiKey | null, from: string) => {
    const now = clock.now();
    const what = `${action} ${key?.id} ${from}`;
    if (now - (noted.get(what) ?? Number.NEGATIVE_INFINITY) < NOTED_EACH_MS) return;
    noted.delete(what);
    noted.set(what, now);
    const [oldest] = noted.size > NOTED_AT_MOST ? noted.keys() : [];
    if (oldest !== undefined) noted.delete(oldest);
    const actor = key === null ? ({ kind: 'nobody', id: null } as const) : ({ kind: 'key', id: key.id } as const);
    await writeEntry({ actor, action, tenantId: key?.tenantId ?? null, from }, ports);
  };
  return async (secret, from) => {
    const key = await apiKeys.findByHash(keySecrets.hash(secret));
    const now = clock.now();
    if (key === null || key.purpose !== 'program' || keyStateAt(key, now) !== 'active') {
      await note('api_key.refused', key, from);
      return null;
    }
    await noteUse(key, ports);
    await note('api_key.use', key, from);
    return { kind: 'key', keyId: key.id, role: key.role, tenantId: key.tenantId, from };
  };
}

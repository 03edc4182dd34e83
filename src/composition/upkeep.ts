import { reachUpstream } from '../constant-contact/reach-upstream.ts';
import type { Instant } from '../domain/model/time.ts';
import { diagnose } from '../monitoring/operations/doctor.ts';
import type { ConstantContact } from '../monitoring/ports.ts';
import type { Adapters } from './adapters.ts';

/** What must work, or say why not, when the rest does not. */
export function upkeep(adapters: Adapters) {
  const { store, config, mailer, constantContact, clock, close } = adapters;
  return {
    migrate: () => store.migrate(),
    doctor: async () =>
      diagnose({
        database: await store.migrate().then(() => ({ ok: true }) as const, problemOf),
        tokens: config.encryptionKeys.length === 0 ? null : await tryTokens(store, clock.now()),
        mail: mailer === null ? null : await (await mailer()).verify(),
        publicUrl: config.http.publicUrl,
        constantContact: await reachUpstream(config.constantContact.apiUrl, { ...config.constantContact, clock }),
        client: config.constantContact.clientId === null ? null : await tryClient(constantContact).catch(problemOf),
        quota: await quotaOf(adapters).catch(() => null),
        polledAhead: await store.polls.countPolledAhead(clock.now()).catch(() => null),
      }),
    close,
  };
}

async function quotaOf({ store, clock, readDemand }: Adapters) {
  return { today: await store.quota.today(clock.now()), ...(await readDemand()) };
}

/** All are sealed alike, so the first one will do. Null where none is stored, or the database does not answer. */
async function tryTokens({ tenants, grants }: Adapters['store'], now: Instant) {
  const page = await tenants.list({ tenantId: null, now, cursor: null, limit: 1 }).catch(() => null);
  const first = page?.items[0];
  if (first === undefined) return null;
  return await grants.read(first.tenant.id).then(() => ({ ok: true }) as const, problemOf);
}

async function tryClient({ checkClient }: Pick<ConstantContact, 'checkClient'>) {
  const failure = await checkClient();
  return failure === null ? ({ ok: true } as const) : ({ ok: false, problem: failure.detail } as const);
}

function problemOf(error: unknown) {
  return { ok: false, problem: error instanceof Error ? error.message : String(error) } as const;
}

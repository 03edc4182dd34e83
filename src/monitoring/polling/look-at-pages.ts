import { joinPages } from '../../domain/detection/join-pages.ts';
import type { ConnectionPages } from '../../domain/model/connection.ts';
import { pageLookDue } from '../../domain/polling/page-look.ts';
import type { ConnectionsAnswer, ConstantContact, Log, TenantToPoll } from '../ports.ts';
import { type LookRequestPorts, requestForLook } from './look-request.ts';

export type LookAtPagesPorts = LookRequestPorts &
  Readonly<{
    log: Log;
    constantContact: Pick<ConstantContact, 'fetchProfiles'>;
  }>;

/** A tenant whose poll was just answered; the signal ends the wait for a slot. */
export type Polled = Readonly<{
  tenant: Pick<TenantToPoll, 'id' | 'pages'>;
  accessToken: string;
  answer: ConnectionsAnswer;
  signal?: AbortSignal | undefined;
}>;

/**
 * Asks the second witness about the pages of the polled connections when that is due, and a request is left that no
 * poll needs. Undefined when it was not asked, nothing at all when it failed: the poll counts without it.
 */
export async function lookAtPages(
  polled: Polled,
  ports: LookAtPagesPorts,
): Promise<readonly ConnectionPages[] | undefined> {
  const { tenant, signal } = polled;
  try {
    return await look(polled, ports);
  } catch (error) {
    if (error !== signal?.reason)
      ports.log.warn({ err: error, tenantId: tenant.id }, 'the pages could not be looked at');
    return undefined;
  }
}

async function look(
  { tenant: { id, pages }, accessToken, answer, signal }: Polled,
  ports: LookAtPagesPorts,
): Promise<readonly ConnectionPages[] | undefined> {
  const { clock, constantContact, log } = ports;
  const due = pages === null ? null : pageLookDue(pages, clock.now());
  if (due === null) return undefined;
  const profiles = await requestForLook(due, () => constantContact.fetchProfiles(accessToken, signal), ports);
  if (profiles === null) return undefined;
  if (profiles.ok) return joinPages(answer.connections, profiles.value);
  const { kind, detail } = profiles.failure;
  log.debug({ tenantId: id, kind, detail }, 'the pages could not be looked at');
  return [];
}

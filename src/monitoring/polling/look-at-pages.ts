import { joinPages } from '../../domain/detection/join-pages.ts';
import type { ConnectionPages } from '../../domain/model/connection.ts';
import { pageLookDue } from '../../domain/polling/page-look.ts';
import type { ConnectionsAnswer, ConstantContact, Log, TenantToPoll, UnchangedAnswer } from '../ports.ts';
import { type SpareRequestPorts, sendSpareRequest } from './spare-request.ts';

export type LookAtPagesPorts = SpareRequestPorts &
  Readonly<{
    log: Log;
    constantContact: Pick<ConstantContact, 'fetchProfiles'>;
  }>;

/** A tenant whose poll was just answered; the signal ends the wait for a slot. */
export type Polled = Readonly<{
  tenant: Pick<TenantToPoll, 'id' | 'known'>;
  accessToken: string;
  answer: ConnectionsAnswer | UnchangedAnswer;
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
  { tenant: { id, known }, accessToken, answer, signal }: Polled,
  ports: LookAtPagesPorts,
): Promise<readonly ConnectionPages[] | undefined> {
  const { clock, constantContact, log } = ports;
  const due = known === null ? null : pageLookDue(known, clock.now());
  if (due === null) return undefined;
  const profiles = await sendSpareRequest(due, () => constantContact.fetchProfiles(accessToken, signal), ports);
  if (profiles === null) return undefined;
  if (profiles.ok) return joinPages(('read' in answer ? answer.read() : answer).connections, profiles.value);
  const { kind, detail } = profiles.failure;
  log.debug({ tenantId: id, kind, detail }, 'the pages could not be looked at');
  return [];
}

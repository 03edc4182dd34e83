import type { ClientApplication } from '../domain/model/client-application.ts';
import type { Instant } from '../domain/model/time.ts';
import type { RequestsToday } from '../domain/polling/requests-today.ts';
import type { KeyQuota, QuotaStore, RequestsBack, RequestsWanted } from './ports.ts';

/** The requests of one application's day. */
export type RequestQuota = Readonly<{
  reserve(request: RequestsWanted): Promise<number>;
  giveBack(requests: RequestsBack): Promise<void>;
  exhaust(now: Instant): Promise<void>;
  today(now: Instant): Promise<RequestsToday>;
}>;

export function requestQuotaOf(application: ClientApplication, quota: QuotaStore): RequestQuota {
  const of = keyQuotaOf(application);
  return {
    reserve: (request) => quota.reserve(of, request),
    giveBack: (requests) => quota.giveBack(of, requests),
    exhaust: (now) => quota.exhaust(of, now),
    today: (now) => quota.today(of, now),
  };
}

export function keyQuotaOf({ clientId, requestsPerDay, reserveShare }: ClientApplication): KeyQuota {
  return { key: clientId, perDay: requestsPerDay, reserveShare };
}

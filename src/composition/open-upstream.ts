import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import { createAuthorizer } from '../constant-contact/authorizer.ts';
import { createConstantContact } from '../constant-contact/constant-contact.ts';
import type { ClientApplication } from '../domain/model/client-application.ts';
import { createRequestSlots } from '../monitoring/polling/request-slots.ts';
import type { Clock, ConstantContact, Log, Observer, Stores, Upstream } from '../monitoring/ports.ts';

export type UpstreamParts = Pick<Stores, 'rates'> &
  Readonly<{ clock: Clock; steadyClock: Clock; log: Log; observer: Pick<Observer, 'refreshed'> }>;

/** The API, and the pages and the token endpoint for authorisation, within the key's rates. */
export function openUpstream(
  application: ClientApplication,
  clientSecret: string | null,
  { constantContact: config, proxy }: Config,
  { rates, clock, steadyClock, log, observer }: UpstreamParts,
): Upstream {
  const { clientId, requestsPerSecond, tokenRequestsPerSecond } = application;
  const slots = (endpoint: 'api' | 'token', perSecond: number) =>
    createRequestSlots({ limit: { key: clientId, endpoint, perSecond }, rates, steadyClock, log });
  const limits = { api: slots('api', requestsPerSecond), token: slots('token', tokenRequestsPerSecond) };
  const { apiUrl, authUrl, requestTimeoutMs } = config;
  const { version } = packageJson;
  const options = {
    apiUrl,
    authUrl,
    requestTimeoutMs,
    clientId,
    clientSecret,
    slots: limits,
    proxy,
    version,
    clock,
    log,
  };
  const constantContact = createConstantContact(options);
  return {
    application,
    constantContact: { ...constantContact, refresh: observed(constantContact.refresh, observer) },
    authorizer: createAuthorizer(options),
  };
}

function observed(
  refresh: ConstantContact['refresh'],
  observer: Pick<Observer, 'refreshed'>,
): ConstantContact['refresh'] {
  return async (...request) => {
    const answer = await refresh(...request);
    observer.refreshed(answer.ok ? 'refreshed' : answer.failure.kind);
    return answer;
  };
}

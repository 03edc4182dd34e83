import type { ClientApplication } from '../../src/domain/model/client-application.ts';
import type { Quota } from '../../src/domain/polling/requests-today.ts';
import type { ApplicationPorts } from '../../src/monitoring/create-application.ts';
import type { ApplicationStore, ConstantContact, Upstreams } from '../../src/monitoring/ports.ts';

/** The one of the configuration, without any limit unless given. */
export function theConfigured(given: Partial<ClientApplication> = {}): ClientApplication {
  const limits = { requestsPerSecond: 0, requestsPerDay: 0, tokenRequestsPerSecond: 0, reserveShare: 0 };
  return { id: null, name: 'default', clientId: '', ...limits, ...given };
}

export function withQuota({ perDay, reserveShare }: Quota): Pick<ClientApplication, 'requestsPerDay' | 'reserveShare'> {
  return { requestsPerDay: perDay, reserveShare };
}

/** The same, but for what is given of Constant Contact. */
export function upstreamsBut(upstreams: ApplicationPorts['upstreams'], given: Partial<ConstantContact>) {
  const of: Upstreams['of'] = async (id) => {
    const asked = await (upstreams as Upstreams).of(id);
    return { ...asked, constantContact: { ...asked.constantContact, ...given } };
  };
  return { ...upstreams, of } as ApplicationPorts['upstreams'];
}

/** Every application asks the same stand-in. */
export function upstreamsOver<Asked extends object>(
  asked: Asked,
  {
    applications,
    configured = theConfigured(),
  }: Readonly<{
    applications?: Pick<ApplicationStore, 'list'>;
    configured?: ClientApplication;
  }> = {},
): Upstreams<Asked & Readonly<{ application: ClientApplication }>> {
  const all = async () => [configured, ...((await applications?.list()) ?? [])];
  const application = async (id: string | null) => {
    const found = (await all()).find((each) => each.id === id);
    if (found === undefined) throw new Error(`there is no application ${id}`);
    return found;
  };
  return {
    of: async (id) => ({ ...asked, application: await application(id) }),
    application,
    applications: all,
    renew: () => undefined,
  };
}

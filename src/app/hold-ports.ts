import type { HoldMailPorts } from '../monitoring/hold-mail.ts';
import { type Parts, roundContext } from '../open-parts.ts';

export function holdPorts(parts: Parts): HoldMailPorts {
  const { store, config, clock, log, newId } = parts;
  return {
    ...{ clock, log, newId, operatorEmail: config.mail.operatorEmail },
    ...{ records: store.tenantRecords, holds: store.holdBook, suspicions: store.fleetSuspicions, mail: store.mailLog },
    mailQueue: store.mailQueue,
    settings: config.alerts,
    openPollPlan: async () => (await roundContext(parts)).planRegularPoll,
  };
}

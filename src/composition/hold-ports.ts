import type { HoldMailPorts } from '../monitoring/mailing/hold-mail.ts';
import { type Adapters, roundContext } from './adapters.ts';

export function holdPorts(adapters: Adapters): HoldMailPorts {
  const { store, config, clock, log, newId } = adapters;
  return {
    ...{ clock, log, newId, operatorEmail: config.mail.operatorEmail },
    ...{ records: store.records, holds: store.holds, suspicions: store.suspicions, mail: store.mail },
    outbox: store.outbox,
    settings: config.alerts,
    openPollPlan: async () => (await roundContext(adapters)).planRegularPoll,
  };
}

import { type ReplayRequest, replayPolicy } from '../monitoring/reading/replay-policy.ts';
import type { Adapters } from './adapters.ts';

export function replays({ store, config }: Adapters) {
  const rules = { settings: config.alerts, operatorEmail: config.mail.operatorEmail };
  return { replay: (request: ReplayRequest) => replayPolicy(request, rules, store.replays) };
}

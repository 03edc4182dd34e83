import { type ReplayRequest, replayPolicy } from '../monitoring/replay-policy.ts';
import type { Parts } from '../open-parts.ts';

export function replays({ store, config }: Parts) {
  const rules = { settings: config.alerts, operatorEmail: config.mail.operatorEmail };
  return { replay: (request: ReplayRequest) => replayPolicy(request, rules, store.pastArchive) };
}

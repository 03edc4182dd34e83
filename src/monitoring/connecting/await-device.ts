import type { Permission } from '../../domain/model/grant.ts';
import type { PollFailureKind } from '../../domain/model/poll.ts';
import { layerOf } from '../../domain/model/poll.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { ConnectOutcome } from '../application.ts';
import type { Authorizer, Clock, DeviceRequest } from '../ports.ts';
import { slept } from '../slept.ts';

/** RFC 8628, section 3.5. */
const SLOW_DOWN_MS = 5 * SECOND_MS;

type AwaitDevicePorts = Readonly<{ authorizer: Pick<Authorizer, 'pollDevice'>; clock: Clock }>;

/** Asks at the given interval until the person has answered; or says why there is no permission. */
export async function awaitDevice(
  { deviceCode, intervalMs: first, expiresAt }: DeviceRequest,
  signal: AbortSignal,
  { authorizer, clock }: AwaitDevicePorts,
): Promise<Permission | ConnectOutcome> {
  for (let intervalMs = first; ; ) {
    if (!(await slept(clock, intervalMs, signal))) return { outcome: 'stopped' };
    if (clock.now() >= expiresAt) return { outcome: 'expired' };
    const answer = await authorizer.pollDevice(deviceCode);
    switch (answer.outcome) {
      case 'agreed':
        return answer.permission;
      case 'waiting':
        if (answer.isTooSoon) intervalMs += SLOW_DOWN_MS;
        break;
      case 'failed':
        if (!mayPass(answer.failure.kind)) return answer;
        // A server that does not answer is asked less and less often.
        intervalMs *= 2;
        break;
      default:
        return answer;
    }
  }
}

function mayPass(kind: PollFailureKind): boolean {
  return layerOf(kind) === 'upstream' && kind !== 'client' && kind !== 'tls';
}

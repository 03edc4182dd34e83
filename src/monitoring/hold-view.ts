import type { Hold } from '../domain/model/hold.ts';
import type { HoldView } from './views.ts';

export function holdView({ cause, beganAt: since, tenants }: Hold): HoldView {
  const about = cause.kind === 'fleet' ? cause : { network: null, condition: null };
  return { kind: cause.kind, network: about.network, condition: about.condition, since, tenants };
}

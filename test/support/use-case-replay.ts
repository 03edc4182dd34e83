import type { AlertSettings } from '../../src/domain/model/settings.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { MailPair } from '../../src/domain/replay/compare-mail.ts';
import { replayPolicy } from '../../src/monitoring/reading/replay-policy.ts';
import type { ReplayReport } from '../../src/monitoring/views.ts';
import { alertSettings } from './domain-settings.ts';
import { OPERATOR, type World } from './use-case-world.ts';

export type ReplayOptions = Readonly<{
  settings?: Partial<AlertSettings>;
  from?: Instant;
  tenants?: readonly string[];
}>;

/** The policy over all that a world has lived through. */
export function replayed(
  { clock, store }: World,
  { settings, from = 0, tenants }: ReplayOptions = {},
): Promise<ReplayReport> {
  const request = { from, to: clock.now(), tenantIds: tenants ?? null };
  const rules = { settings: alertSettings(settings), operatorEmail: OPERATOR };
  return replayPolicy(request, rules, store.replays);
}

/** Every mail as a line, what differs marked: `+` would be sent alone, `-` was sent alone, `<` earlier, `>` later. */
export function replayLines({ tenants }: ReplayReport): readonly string[] {
  return tenants.flatMap(({ pairs }) => pairs.map(lineOf));
}

const marks = { none: '=', earlier: '<', later: '>', only_would: '+', only_was: '-' } as const;

function lineOf({ difference, would, was }: MailPair): string {
  const mail = would ?? was;
  const minute = new Date(mail?.at ?? 0).toISOString().slice(0, 16).replace('T', ' ');
  const about = mail?.about.map(({ action, network }) => `${action} ${network ?? 'account'}`).join(', ');
  return `${marks[difference]} ${minute} ${mail?.to} ${mail?.kind}: ${about}`;
}

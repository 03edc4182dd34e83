import { restoredBackup } from '../../domain/faults/restored-backup.ts';
import type { GrantProgress } from '../ports.ts';
import type { MonitorProblem } from '../views.ts';
import { minuteOf, tenantsText, warning } from './monitor-problem.ts';

/** `tenants`: how many there are. */
type FleetAccess = Readonly<{ grants: GrantProgress; tenants: number }>;

/** What is wrong with our access to tenants, as far as the operator can do something about it. */
export function grantProblems(facts: FleetAccess): readonly (MonitorProblem | null)[] {
  return [restoredProblem(facts), failingGrantsProblem(facts), deadGrantsProblem(facts)];
}

/** Nothing proves it, so the words leave it open; but nobody else could tell the operator. */
function restoredProblem({ grants, tenants }: FleetAccess): MonitorProblem | null {
  const restored = restoredBackup(grants.refused, { tenants });
  if (restored === null) return null;
  const detail = `the refresh tokens of ${tenantsText(restored.tenants)} are refused since a time without polls that began at ${minuteOf(restored.since)} UTC: if the database was restored from a backup, the refresh tokens in it have been replaced since then`;
  const remedy =
    'Restore a later copy if there is one, and see that no second Linkwatch uses these tokens. Else the owners have to authorise again.';
  return warning('grants', restored.since, detail, remedy);
}

function failingGrantsProblem({ grants: { failing } }: Pick<FleetAccess, 'grants'>): MonitorProblem | null {
  if (failing === null) return null;
  const detail = `the tokens of ${tenantsText(failing.tenants)} could not be refreshed, five times in a row or more`;
  const remedy =
    'The log says what Constant Contact answered. A refresh token that is not used for 180 days stops working.';
  return warning('grants', failing.since, detail, remedy);
}

function deadGrantsProblem({ grants: { deadWhilePaused } }: Pick<FleetAccess, 'grants'>): MonitorProblem | null {
  if (deadWhilePaused === 0) return null;
  const detail = `the permission of ${tenantsText(deadWhilePaused)} that ${deadWhilePaused === 1 ? 'is' : 'are'} paused is refused`;
  const remedy =
    'Their owners have to authorise again before `tenant resume`: `linkwatch connect --tenant ID --invite EMAIL` asks them.';
  return warning('grants', null, detail, remedy);
}

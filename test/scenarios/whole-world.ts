import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { DAY_MS } from '../../src/domain/time.ts';
import type { WireConnection } from '../../src/sandbox/wire-format.ts';
import type { Daemon, World } from '../support/program-world.ts';
import { until } from '../support/until.ts';
import type { Happening, Look, Looks } from './happenings.ts';
import { isCopied, peopleOf, type TenantOfStory } from './story.ts';
import type { Moment } from './whole-plan.ts';

/** A tenant of a story as the whole program knows it. */
export type Member = Readonly<{ id: string; sandboxId: string; tenant: TenantOfStory }>;

/** Stories told together by daemons over one database. Members are found by their names. */
export type Troupe = {
  readonly world: World;
  readonly members: ReadonlyMap<string, Member>;
  daemons: readonly Daemon[];
};

/** All of them under their own names and addresses, imported at once. */
export async function importMembers(world: World, tenants: readonly TenantOfStory[]): Promise<Troupe['members']> {
  const accounts = world.control.tenants();
  const rows = tenants.map((tenant, index) => ({
    name: tenant.name,
    owner: `owner@${tenant.name}.example`,
    cc: peopleOf(tenant)
      .filter(isCopied)
      .map((person) => `${person}@${tenant.name}.example`)
      .join(';'),
    timezone: tenant.zone ?? 'America/New_York',
    locale: tenant.language ?? 'en',
    refresh_token: accounts[index]?.tokens.refreshToken,
  }));
  const file = join(world.folder, 'members.csv');
  writeFileSync(file, stringify(rows, { header: true }));
  const { tenants: added } = await world.json<{ tenants: readonly { id: string }[] }>(['tenant', 'import', file]);
  rmSync(file);
  return new Map(
    tenants.map((tenant, index) => [
      tenant.name,
      { id: added[index]?.id ?? '', sandboxId: accounts[index]?.id ?? '', tenant },
    ]),
  );
}

/** Lets the time up to a moment pass, and resolves when the daemons have done all that is due by then. */
export async function live(troupe: Troupe, { happenings, polled }: Moment, sinceLastMs: number): Promise<void> {
  const { world } = troupe;
  const { db } = world.database.raw;
  // Hours are left out, so who is asked next, and when, is the plan's matter and not the schedule's.
  const never = new Date(Date.now() + sinceLastMs + DAY_MS);
  await db.tenant.updateMany({ where: { nextPollAt: { not: null } }, data: { nextPollAt: never } });
  await world.letTimePass(sinceLastMs);
  for (const { tenant, what } of happenings) await happen(troupe, memberOf(troupe, tenant), what);

  const askedAt = new Date();
  const ids = polled.map((name) => memberOf(troupe, name).id);
  const due = { id: { in: ids }, nextPollAt: { not: null } };
  await db.tenant.updateMany({ where: due, data: { nextPollAt: askedAt } });
  await until('everybody who is due is asked', async () => {
    return (
      (await db.tenant.count({
        where: { ...due, OR: [{ lastPolledAt: null }, { lastPolledAt: { lt: askedAt } }] },
      })) === 0
    );
  });
  await until('all mail that is due is sent', async () => {
    const now = new Date();
    // A reminder that is due becomes a mail, so it is looked for first.
    const reminders = await db.incident.count({ where: { state: { not: 'closed' }, remindAt: { lte: now } } });
    return reminders + (await db.notification.count({ where: { state: 'pending', dueAt: { lte: now } } })) === 0;
  });
}

function memberOf({ members }: Troupe, name: string): Member {
  const member = members.get(name);
  if (member === undefined) throw new Error(`Nobody is called ${name}.`);
  return member;
}

async function happen(troupe: Troupe, { id, sandboxId }: Member, what: Happening): Promise<void> {
  const { control, json } = troupe.world;
  const answerStatus = (status: number, times?: number) =>
    control.script({
      ...{ tenantId: sandboxId, route: 'connections', answer: { kind: 'status', status } },
      ...(times !== undefined && { times }),
    });
  switch (what.kind) {
    case 'shows':
      control.clearScript(sandboxId);
      control.setConnections(sandboxId, wireOf(what.looks, what.isPartial));
      return;
    case 'fails':
      control.clearScript(sandboxId);
      answerStatus(statusOf(what.failure));
      return;
    case 'fails_once':
      answerStatus(statusOf(what.failure), 1);
      return;
    case 'paused':
      await json(['tenant', 'pause', id]);
      return;
    case 'resumed':
      await json(['tenant', 'resume', id]);
      return;
    case 'killed':
      troupe.daemons = await Promise.all(troupe.daemons.map((daemon) => killed(daemon, troupe.world)));
      return;
    default:
      throw new Error(`${what.kind} is not wired for the whole program`);
  }
}

async function killed(daemon: Daemon, world: World): Promise<Daemon> {
  daemon.kill('SIGKILL');
  await daemon.ended;
  return await world.daemon();
}

const statuses: Readonly<Record<string, number>> = { unauthorized: 401, forbidden: 403, server: 503 };

function statusOf(failure: string): number {
  const status = statuses[failure];
  if (status === undefined) throw new Error(`${failure} is not wired for the whole program`);
  return status;
}

/** As Constant Contact sends it, with fields that nobody knows; an entry without an account makes it partial. */
function wireOf(looks: Looks, isPartial: boolean): readonly WireConnection[] {
  const entries = Object.entries(looks).map(([name, look]): WireConnection => {
    const [network = name, accountId = '1'] = name.split(':');
    const account = { network, network_account_id: accountId, display_name: 'Jane', username: 'jane', beta_tier: 3 };
    return { account_info: account, connection_status: wireStatusOf(look) };
  });
  return isPartial ? [...entries, { account_info: null, connection_status: null }] : entries;
}

function wireStatusOf(look: Look): Readonly<Record<string, unknown>> {
  const { hasToken, isActiveUser, rateLimited, tokenHasScopes, tokenIsValid, error, networkStatus } = look;
  return {
    ...{ has_token: or(hasToken, true), is_active_user: or(isActiveUser, true), rate_limited: or(rateLimited, false) },
    ...{ token_has_scopes: or(tokenHasScopes, true), token_is_valid: or(tokenIsValid, true) },
    ...{ error: or(error, null), status: or(networkStatus, 200), probe_version: 'unheard-of' },
  };
}

function or<T>(given: T | undefined, usual: T): T {
  return given === undefined ? usual : given;
}

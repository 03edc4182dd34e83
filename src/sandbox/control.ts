import type { AuthorizationRules } from './authorizations.ts';
import type { ConnectionName, Fleet, Selection } from './fleet.ts';
import type { GrantRules, Grants, IssuedTokens } from './grants.ts';
import type { Script, Step } from './script.ts';
import type { Counters, Limits, Traffic } from './traffic.ts';
import type { WireAccount, WireConnection, WireStatus } from './wire-format.ts';

/** A tenant with its first tokens, as an application gets them after authorisation. */
export type SandboxTenant = Readonly<{
  id: string;
  name: string;
  contactEmail: string;
  /** The zone as Constant Contact writes it, e.g. `US/Eastern`. */
  timeZone: string;
  account: WireAccount;
  /** The present connections. */
  connections: readonly WireConnection[];
  /** The first tokens; with rotating refresh tokens they are soon spent. */
  tokens: IssuedTokens;
}>;

/** Known fields with their types, or anything else for a malformed answer; `undefined` leaves a field out. */
type StatusPatch = WireStatus | Readonly<Record<string, unknown>>;

export type SandboxSettings = Limits & GrantRules & AuthorizationRules & ApplicationState;

export type ApplicationState = Readonly<{
  /** The API refuses every request of the application, but those that only say what its user may do. */
  isApplicationDeactivated: boolean;
  /** Somebody made a new client secret, so that ours is refused. */
  isSecretRegenerated: boolean;
}>;

/**
 * The strings of the stand-in, for tests in the same process; `control-routes.ts` gives the same over HTTP.
 * An unknown tenant or connection is a RangeError.
 */
export type Control = Readonly<
  Omit<
    Fleet,
    'ids' | 'connectionsBody' | 'profilesBody' | 'privileges' | 'account' | 'patchStatus' | 'patchStatuses'
  > & {
    tenants(): readonly SandboxTenant[];
    tenant(tenantId: string): SandboxTenant;
    patchStatus(tenantId: string, name: ConnectionName, patch: StatusPatch): void;
    patchStatuses(selection: Selection, patch: StatusPatch): number;
    /** Adds a step to the script: what is answered next, to one tenant or to all. */
    script(step: Step): void;
    clearScript(tenantId?: string): void;
    /** The person withdraws the permission. */
    revoke(tenantId: string): void;
    /** The person authorises again; earlier tokens stop working. */
    authorise(tenantId: string, scopes?: readonly string[]): IssuedTokens;
    /** Access tokens answer 401 from now on; refresh tokens still work. */
    expireAccessTokens(tenantId?: string): void;
    settings(): SandboxSettings;
    configure(change: Partial<SandboxSettings>): void;
    counters(): Counters;
    resetCounters(): void;
  }
>;

type Seed = Omit<SandboxTenant, 'connections'>;

type Parts = Readonly<{
  fleet: Fleet;
  grants: Grants;
  script: Script;
  traffic: Traffic;
  settings: { current: SandboxSettings };
}>;

export function createControl({ fleet, grants, script, traffic, settings }: Parts): Control {
  const seeded = new Map(fleet.ids().map((id) => [id, { ...seedOf(fleet, id), tokens: grants.authorise(id) }]));
  const tenant = (id: string) => ({ ...(seeded.get(known(id)) as Seed), connections: fleet.connections(id) });

  /** Throws for a tenant that does not exist, before anything is changed. */
  function known(tenantId: string): string {
    fleet.account(tenantId);
    return tenantId;
  }

  return {
    ...fleet,
    tenants: () => fleet.ids().map(tenant),
    tenant,
    script: (step) => script.add(step),
    clearScript: (tenantId) => script.clear(tenantId),
    revoke: (tenantId) => grants.revoke(known(tenantId)),
    authorise: (tenantId, scopes) => grants.authorise(known(tenantId), scopes),
    expireAccessTokens(tenantId) {
      const ids = tenantId === undefined ? fleet.ids() : [known(tenantId)];
      for (const id of ids) grants.expireAccessTokens(id);
    },
    settings: () => settings.current,
    configure(change) {
      settings.current = { ...settings.current, ...change };
    },
    counters: () => traffic.counters(),
    resetCounters: () => traffic.reset(),
  };
}

function seedOf(fleet: Fleet, id: string): Omit<Seed, 'tokens'> {
  const account = fleet.account(id);
  const { organization_name: name, contact_email: contactEmail, time_zone_id: timeZone } = account;
  return { id, name, contactEmail, timeZone, account };
}

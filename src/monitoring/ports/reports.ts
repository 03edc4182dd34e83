import type { Instant } from '../../domain/model/time.ts';
import type { ToldIncident } from '../../domain/reports/effect.ts';
import type { Page, PageRequest } from './pages.ts';

/** What the operator wants to know of the fleet as a whole. Removed tenants are left out. */
export interface ReportStore {
  /** How much happened at `since` or later, and how many incidents are untold now. */
  changes(since: Instant): Promise<FleetChanges>;
  /** Active contacts of tenants with trouble that is certain and that they can end, whoever can end most first. */
  people(page: PageRequest): Promise<Page<PersonInDemand>>;
  /** Incidents that began at `since` or later and that an owner was told of; the newest, so many at most. */
  told(since: Instant, limit: number): Promise<readonly ToldIncident[]>;
}

export type FleetChanges = Readonly<{
  /** Incidents that began then and became certain. */
  broke: number;
  repaired: number;
  /** Mail to owners that a server took. */
  mailed: number;
  /** Certain and not over, asks its owner for something, and no mail about it was taken: of any age. */
  untold: number;
  /** Active tenants whose polls have failed since then or longer. */
  failing: number;
}>;

export type PersonInDemand = Readonly<{
  /** In small letters. */
  email: string;
  /** Incidents of all tenants that the person gets mail of. */
  incidents: number;
  tenants: number;
  /** When the first of them began. */
  since: Instant;
}>;

import type { PollFailure } from '../../domain/model/poll.ts';
import type { ApplicationFields, ApplicationProblems } from '../applications/application-input.ts';
import type { Viewer } from '../viewer.ts';
import type { ApplicationView } from '../views.ts';

/**
 * The applications that are registered with Constant Contact, each with a key and limits of its own. For the operator,
 * and for an `admin` key of all tenants. Nobody is given a secret back.
 */
export type Applications = Readonly<{
  /** The one of the configuration first, then by name. */
  list(viewer: Viewer): Promise<readonly ApplicationView[]>;
  /**
   * The application with this id, or else with this name; never that of the configuration, which no command changes.
   */
  find(viewer: Viewer, named: string): Promise<ApplicationView | null>;
  add(viewer: Viewer, fields: ApplicationFields): Promise<ChangedApplication>;
  /** What is left out stays; an empty secret takes it away. */
  update(viewer: Viewer, id: string, fields: ApplicationFields): Promise<ChangedApplication | NotThere>;
  /** Only one without tenants: each of them has tokens that no other application can use. */
  remove(viewer: Viewer, id: string): Promise<Readonly<{ outcome: 'removed' }> | InUse | NotThere>;
}>;

/** `refusal`: what the token endpoint says against the key and the secret; null when it takes them. */
export type ChangedApplication =
  | Readonly<{ outcome: 'stored'; application: ApplicationView; refusal: PollFailure | null }>
  | ApplicationProblems
  | Readonly<{ outcome: 'taken'; field: 'name' | 'clientId' }>;

type NotThere = Readonly<{ outcome: 'not_found' }>;
type InUse = Readonly<{ outcome: 'in_use'; tenants: number }>;

import type { Instant } from '../../domain/model/time.ts';
import type { IncidentQuery, Page } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { IncidentDetail, IncidentOutcome, IncidentView } from '../views.ts';

export type Incidents = Readonly<{
  /** Newest first. */
  list(viewer: Viewer, query: IncidentQuery): Promise<Page<IncidentView>>;
  /** Null: there is no such incident. */
  find(viewer: Viewer, id: string): Promise<IncidentDetail | null>;
  acknowledge(viewer: Viewer, id: string): Promise<IncidentOutcome>;
  /** No reminders until then; the recovery is still mailed. */
  snooze(viewer: Viewer, id: string, until: Instant): Promise<IncidentOutcome>;
  /** No mail about the recovery; the next bad poll opens another incident. */
  close(viewer: Viewer, id: string): Promise<IncidentOutcome>;
}>;

import type { Fault } from '../../domain/model/fault.ts';
import { layerOf } from '../../domain/model/poll.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { ApplicationDay } from '../read-application-days.ts';
import type { MonitorProblem } from '../views.ts';
import { critical, tenantsText, warning } from './monitor-problem.ts';

type Keys = readonly ApplicationDay[];

/** While Constant Contact has an outage, the monitor does its job: it keeps asking, and blames nobody. */
export function faultProblem({ cause, since, confirmedAt }: Fault, keys: Keys): MonitorProblem | null {
  if (confirmedAt === null) return null;
  switch (cause.kind) {
    // Told by the mail that waits, and by the requests of the day.
    case 'mail':
    case 'quota':
      return null;
    case 'access': {
      const tenants = tenantsText(cause.tenants);
      const detail = `Constant Contact refused us for ${tenants} alike (${cause.failure})${ofKey(cause.applicationId, keys)}`;
      return critical('access', since, detail, 'Check the application and its API key at Constant Contact.');
    }
    case 'application':
      return applicationProblem(cause, since, keys);
    case 'upstream': {
      const detail = `polls fail for much of the fleet, most often with “${cause.failure}”`;
      return warning('outage', since, detail, 'Linkwatch keeps asking; `linkwatch doctor` looks at the way to it.');
    }
  }
}

type ApplicationCause = Extract<Fault['cause'], { kind: 'application' }>;

function applicationProblem(cause: ApplicationCause, since: Instant, keys: Keys): MonitorProblem {
  const { failure, applicationId } = cause;
  const about = `(${failure})${ofKey(applicationId, keys)}`;
  if (layerOf(failure) !== 'ours') {
    const detail = `polls fail for much of an application’s tenants ${about}`;
    return warning('outage', since, detail, 'Does another program use its key? `linkwatch plan` shows its requests.');
  }
  const remedy = {
    deactivated: 'Look at the application in Constant Contact’s developer portal: it seems to be deactivated.',
    configured: 'Check CONSTANT_CONTACT_CLIENT_ID and CONSTANT_CONTACT_CLIENT_SECRET.',
    stored: 'Check its key and secret, and correct them: `linkwatch application update`.',
  }[failure === 'application_deactivated' ? 'deactivated' : applicationId === null ? 'configured' : 'stored'];
  return critical('access', since, `Constant Contact refuses the application itself ${about}`, remedy);
}

/** The application by its name, where there are several. */
function ofKey(applicationId: string | null | undefined, keys: Keys): string {
  const key = keys.find(({ application }) => application.id === (applicationId ?? null));
  return keys.length < 2 || key === undefined ? '' : `: application ${key.application.name}`;
}

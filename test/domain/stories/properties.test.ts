import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Incident } from '../../../src/domain/model/incident.ts';
import { isAlertKind } from '../../../src/domain/model/mail-kind.ts';
import type { TenantNotification } from '../../../src/domain/model/notification.ts';
import { stepToText } from '../../../src/domain/model/topic.ts';
import { started } from '../../support/domain-happenings.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { tell } from '../../support/domain-simulation.ts';
import type { Delivered, Script, Story, Told } from '../../support/domain-story.ts';
import { anyStory, anyStoryWithWorkingMail } from '../../support/domain-story-arbitrary.ts';
import { goodPollsBefore, isNeutralFor, pollsOf } from '../../support/domain-verdicts.ts';

/*
 * What must hold in any story. A failure prints its seed and the shortest story that shows it; FUZZ_SEED=2 and
 * FUZZ_RUNS=10000 look further.
 */
const runs = { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: Number(process.env.FUZZ_RUNS ?? 200) };

function neverIn(stories: fc.Arbitrary<Story>, findFaults: (told: Told, story: Story) => readonly unknown[]): void {
  fc.assert(
    fc.property(stories, (story) => {
      expect(findFaults(tell(story), story).slice(0, 3)).toEqual([]);
    }),
    runs,
  );
}

describe('in any story', () => {
  it('no step of an incident is accepted twice for a contact, but for the repeat of one mail after a crash', () => {
    neverIn(anyStory, ({ delivered }) => {
      const earlier = new Map<string, Delivered>();
      return stepsOf(delivered).flatMap(({ key, mail }) => {
        const before = earlier.get(key);
        earlier.set(key, mail);
        const isRepeat = before?.isOutcomeKnown === false && isSameMail(before, mail);
        return before === undefined || isRepeat ? [] : [key];
      });
    });
  });

  it('the repeat of a mail says nothing that the mail did not say', () => {
    neverIn(anyStory, ({ delivered }) =>
      delivered.filter((mail, index) => {
        const before = delivered.slice(0, index).findLast((earlier) => isSameMail(earlier, mail));
        return (
          before !== undefined && !stepsOf([mail]).every(({ key }) => stepsOf([before]).some((s) => s.key === key))
        );
      }),
    );
  });

  it('what stays certain is told once the mail server works, or its decision says truly why not', () => {
    neverIn(anyStoryWithWorkingMail, ({ tables, moments }, { settings }) => {
      const { groupWaitMs, recheckAfterMs } = alertSettings(settings);
      const patienceMs = groupWaitMs + 2 * recheckAfterMs;
      const end = Math.max(...moments.map(({ at }) => at));
      return tables.incidents
        .filter(({ state, alerting: { lastAlert } }) => state === 'open' && lastAlert === null)
        .filter((incident) => end - certainSince(incident, moments) > patienceMs)
        .filter((incident) => !isSilenceExplained(incident, tables, alertSettings(settings)))
        .map(({ id, alerting: { decision } }) => ({ id, decision }));
    });
  });

  it('what is told is told to everybody who is to hear of it', () => {
    neverIn(anyStoryWithWorkingMail, ({ tables }) =>
      tables.incidents
        .filter(
          ({ state, alerting: { lastAlert, alertsSent } }) => state === 'open' && lastAlert !== null && alertsSent > 0,
        )
        .flatMap((incident) => recipientsOf(incident, tables).filter((id) => !wasSentAlert(id, incident, tables))),
    );
  });

  it('none closes as recovered without RECOVERY_POLLS good polls in a row, RECHECK_AFTER apart', () => {
    neverIn(anyStory, ({ tables, moments }, { settings }) => {
      const { recoveryPolls, recheckAfterMs } = alertSettings(settings);
      return tables.incidents
        .filter(({ closeReason }) => closeReason === 'recovered')
        .filter((incident) => goodPollsBefore(incident, pollsOf(moments), recheckAfterMs) < recoveryPolls);
    });
  });

  it('a connection has one open incident at most, and so has our access', () => {
    neverIn(anyStory, ({ moments }) =>
      moments.flatMap(({ after }) => {
        const open = after.incidents.filter(({ state }) => state !== 'closed').map(({ connectionId }) => connectionId);
        return open.filter((id, index) => open.indexOf(id) !== index);
      }),
    );
  });

  it('a neutral poll changes no count, no state and no certainty', () => {
    neverIn(anyStory, ({ moments }) =>
      pollsOf(moments).flatMap(({ poll, before, after }) =>
        before.incidents
          .filter((incident) => incident.state !== 'closed' && isNeutralFor(incident, poll, before))
          .filter((incident) => countsOf(incident) !== countsOf(after.incidents.find(({ id }) => id === incident.id)))
          .map((incident) => ({ at: poll.at, incident })),
      ),
    );
  });

  it('told again it comes out the same, and restarts change nothing', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const { mail, tables } = tell(story);
        const again = tell({ ...story, script: withRestarts(story.script) });
        expect(again.mail).toEqual(mail);
        expect(again.tables).toEqual(tables);
      }),
      runs,
    );
  });

  it('nobody is reminded of what is not open, is snoozed, is out of sight, or out of hours', () => {
    neverIn(anyStory, ({ delivered }, { settings, tenant, intervalMs = 0 }) =>
      delivered
        .filter(({ content }) => content.kind === 'reminder')
        .filter((mail) => {
          const isHourRight = isWithinHours(mail.at, alertSettings(settings).reminderHours, tenant?.timezone);
          return !isHourRight || !mail.topics.every((topic) => isRemindable(topic.incidentId, mail, 2 * intervalMs));
        })
        .map(({ at, content }) => ({ at, reason: content.reason, problems: content.problems })),
    );
  });

  it('while slots are left, the next reminder is due some day or on its way', () => {
    neverIn(anyStory, ({ moments }, { settings }) => {
      const { remindAfterMs } = alertSettings(settings);
      return moments.flatMap(({ at, after }) =>
        after.incidents
          .filter(
            ({ alerting: { lastAlert }, state }) => lastAlert !== null && (state === 'open' || state === 'recovering'),
          )
          // What flaps, or has just settled, is told anew before anybody is reminded of it.
          .filter(({ flapping }) => flapping === null)
          .filter(({ reminders: { used, nextAt } }) => used < remindAfterMs.length && nextAt === null)
          .filter(({ id }) => !isOnItsWay(id, after.notifications))
          .map((incident) => ({ at, incident })),
      );
    });
  });

  it('thanks go only to whom an alert about the same incident reached, or may have', () => {
    neverIn(anyStory, ({ delivered }) =>
      delivered
        .filter(({ content }) => content.kind === 'recovered')
        .flatMap((mail) => mail.topics.filter(({ incidentId }) => !mayHaveHeardOf(incidentId, mail))),
    );
  });

  it('alerts tell what is open and certain at that moment', () => {
    neverIn(anyStory, ({ delivered }) =>
      delivered
        .filter(({ content }) => isAlertKind(content.kind) || content.kind === 'reminder')
        .filter(({ topics, before }) => {
          const about = before.incidents.filter(({ id }) => topics.some(({ incidentId }) => incidentId === id));
          return !about.every(
            ({ state, confirmation: { certainAction } }) => state === 'open' && certainAction !== null,
          );
        }),
    );
  });

  it('a mail is about something, about connections or our access, never both, and for somebody who wants it', () => {
    neverIn(anyStory, ({ delivered }) =>
      delivered.filter(({ content: { problems, recipient }, before }) => {
        const contact = before.contacts.find(({ id }) => id === recipient?.contact?.id);
        const subjects = new Set(problems.map(({ connection }) => connection === null));
        return contact?.state !== 'active' || subjects.size !== 1;
      }),
    );
  });
});

function stepsOf(delivered: readonly Delivered[]): readonly Readonly<{ key: string; mail: Delivered }>[] {
  return delivered.flatMap((mail) =>
    mail.topics.map(({ incidentId, step }) => ({
      key: `${incidentId} ${stepToText(step)} ${mail.content.recipient?.contact?.id}`,
      mail,
    })),
  );
}

function isSameMail(one: Delivered, other: Delivered): boolean {
  return one.content.notificationId === other.content.notificationId;
}

function recipientsOf({ connectionId }: Incident, { contacts }: Told['tables']): readonly string[] {
  return contacts
    .filter(({ state, role }) => state === 'active' && (role === 'owner' || connectionId !== null))
    .map(({ id }) => id);
}

function wasSentAlert(
  contactId: string,
  { id, alerting: { alertsSent } }: Incident,
  { notifications }: Told['tables'],
): boolean {
  return notifications
    .filter((mail) => mail.contactId === contactId && mail.state === 'sent')
    .some(({ topics }) =>
      topics.some(({ incidentId, step }) => incidentId === id && stepToText(step) === `alert:${alertsSent}`),
    );
}

/** Since when it has been open with what is certain of it now. */
function certainSince({ id, confirmation: { certainAction } }: Incident, moments: Told['moments']): number {
  const began = moments.findLast(({ before }) => {
    const earlier = before.incidents.find((incident) => incident.id === id);
    return earlier?.state !== 'open' || earlier.confirmation.certainAction !== certainAction;
  });
  return began?.at ?? 0;
}

function isSilenceExplained(
  { id, alerting: { decision }, foundAtBaseline, confirmation: { certainAction }, connectionId }: Incident,
  { contacts, notifications, tenant }: Told['tables'],
  { alertOnBaseline }: ReturnType<typeof alertSettings>,
): boolean {
  const about = notifications.filter(({ topics }) => topics.some(({ incidentId }) => incidentId === id));
  switch (decision) {
    case 'baseline_is_silent':
      return foundAtBaseline && !alertOnBaseline;
    case 'waiting_at_baseline':
      return foundAtBaseline && certainAction === 'wait';
    case 'before_first_good_poll':
      return connectionId === null && tenant.baselinedAt === null;
    case 'no_recipient':
    case 'recipient_gone':
      return !contacts.some(({ state, role }) => state === 'active' && (role === 'owner' || connectionId !== null));
    default:
      // Nobody polls or writes while a tenant is paused; its mail waits.
      return (
        tenant.state === 'paused' && (decision === 'tenant_paused' || about.some(({ state }) => state === 'pending'))
      );
  }
}

function countsOf(incident: Incident | undefined): string {
  if (incident === undefined) return 'gone';
  const { confirmation, state, action, openedAt, confirmedAt, closedAt } = incident;
  return JSON.stringify({ confirmation, state, action, openedAt, confirmedAt, closedAt });
}

/** The same story with the process started anew before everything that happens, wherever it runs. */
function withRestarts(script: Script): Script {
  let isStopped = false;
  return script.flatMap(([when, what]): Script => {
    if (what.kind === 'stop') isStopped = true;
    if (what.kind === 'start') isStopped = false;
    return isStopped
      ? [[when, what]]
      : [
          [when, started()],
          [when, what],
        ];
  });
}

function isWithinHours(
  at: number,
  { fromMinute, toMinute }: Readonly<{ fromMinute: number; toMinute: number }>,
  timeZone = 'UTC',
): boolean {
  const [hours = 0, minutes = 0] = new Date(at).toLocaleTimeString('en-GB', { timeZone }).split(':').map(Number);
  const minute = hours * 60 + minutes;
  const isLate = minute >= fromMinute;
  const isEarly = minute < toMinute;
  return fromMinute < toMinute ? isLate && isEarly : isLate || isEarly;
}

function isRemindable(incidentId: string, { at, before }: Delivered, speaksForMs: number): boolean {
  const incident = before.incidents.find(({ id }) => id === incidentId);
  if (incident?.state !== 'open' || (incident.reminders.snoozedUntil ?? 0) > at) return false;
  if (incident.connectionId === null) return before.tenant.state === 'reauthorize' || before.tenant.failing !== null;
  const period = before.snapshots.findLast(({ connectionId }) => connectionId === incident.connectionId);
  return period !== undefined && period.health === 'broken' && at - period.to <= speaksForMs;
}

function isOnItsWay(incidentId: string, notifications: readonly TenantNotification[]): boolean {
  const reminders = notifications.filter(({ kind, state }) => kind === 'reminder' && state === 'pending');
  return reminders.some(({ topics }) => topics.some((topic) => topic.incidentId === incidentId));
}

function mayHaveHeardOf(incidentId: string, { content, before }: Delivered): boolean {
  const reached = ({ contactId, state, outcomeUnknown, topics }: TenantNotification) =>
    contactId === content.recipient?.contact?.id &&
    (state === 'sent' || outcomeUnknown) &&
    topics.some((topic) => topic.incidentId === incidentId && topic.step.kind === 'alert');
  return before.notifications.some(reached);
}

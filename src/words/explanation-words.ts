import type { Instant } from '../domain/model/time.ts';
import type { Explanation, IncidentView } from '../monitoring/views.ts';
import { mailLine } from './incident-story.ts';
import { nextText } from './next-words.ts';
import { incidentSubject } from './operator-wording.ts';
import { reasonText } from './reason-words.ts';

type Moment = (at: Instant) => string;

/** A part of an explanation. `incidentId` is set where it tells of one incident. */
export type ExplainedPart = Readonly<{ title: string; incidentId: string | null; lines: readonly ExplainedLine[] }>;
export type ExplainedLine = Readonly<{ at: Instant | null; text: string; evidence: string | null }>;

/**
 * Why somebody did, or did not, get mail, in sentences: 1. who gets mail at all, 2. what happens next, 3. decision by
 * decision, the newest incident first. With an address, what concerns that person alone.
 */
export function explanationParts(
  explanation: Explanation,
  { address, moment }: Readonly<{ address: string | null; moment: Moment }>,
): readonly ExplainedPart[] {
  const isMeant = (email: string) => address === null || email.toLowerCase() === address.toLowerCase();
  const people = explanation.contacts.filter(({ email }) => isMeant(email));
  const mail = explanation.mail.filter(({ to }) => to.some(isMeant));
  const told = { ...explanation, contacts: people, mail };
  const unknown = people.length === 0 ? [nobodyLine(address)] : [];
  const others = mail.filter(({ incidents }) => incidents.length === 0);
  return [
    part('Who gets mail', [...people.map((contact) => line(null, contactText(contact, told, moment))), ...unknown]),
    part('What happens next', nextLines(told, isMeant, moment)),
    ...told.incidents.map((incident) => incidentPart(incident, told, { address, moment })),
    ...(others.length === 0
      ? []
      : [
          part(
            'Mail about no incident',
            others.map((each) => mailLine(each, moment)),
          ),
        ]),
  ];
}

function part(title: string, lines: readonly ExplainedLine[], incidentId: string | null = null): ExplainedPart {
  return { title, incidentId, lines };
}

function line(at: Instant | null, text: string): ExplainedLine {
  return { at, text, evidence: null };
}

function nobodyLine(address: string | null): ExplainedLine {
  const text =
    address === null
      ? 'The tenant has no contact.'
      : `${address} is no contact of the tenant now, and gets no mail of it.`;
  return line(null, text);
}

type Person = Explanation['contacts'][number];

function contactText(
  { email, role, state, wantsReminders, snoozes }: Person,
  told: Explanation,
  moment: Moment,
): string {
  const name = `${email} (${role === 'owner' ? 'owner' : 'copy'})`;
  if (state !== 'active') return `${name} gets no mail: ${stateWords[state]}.`;
  const gets = role === 'owner' ? 'gets all mail' : 'gets alerts about connections, the last reminder and recoveries';
  const snoozed = snoozes.map(
    ({ incidentId, until }) => `no reminders of ${nameOf(incidentId, told)} until ${moment(until)}`,
  );
  const wishes = [...(wantsReminders ? [] : ['no reminders']), ...snoozed];
  return `${name} ${gets}${wishes.length === 0 ? '' : `, and asked for ${wishes.join(' and ')}`}.`;
}

const stateWords: Readonly<Record<Exclude<Person['state'], 'active'>, string>> = {
  unsubscribed: 'the contact asked for no more mail',
  not_mine: 'the contact said that the account is another person’s',
  undeliverable: 'mail servers refused the address',
};

function nameOf(incidentId: string, { incidents }: Explanation): string {
  const incident = incidents.find(({ id }) => id === incidentId);
  return incident === undefined ? 'an earlier incident' : incidentSubject(incident);
}

function incidentPart(
  incident: IncidentView,
  told: Explanation,
  { address, moment }: Readonly<{ address: string | null; moment: Moment }>,
): ExplainedPart {
  const about = told.mail.filter(({ incidents }) => incidents.includes(incident.id));
  const [person] = address === null ? [] : told.contacts;
  const silence =
    about.length > 0 ? [] : [line(null, `No mail${toWhom(address)}, because ${whyNot(incident, person)}.`)];
  const latest = line(null, `The latest decision about mail: ${decisionText(incident)}.`);
  const lines = [
    line(incident.openedAt, 'The first poll that showed the trouble.'),
    ...(incident.confirmedAt === null ? [] : [line(incident.confirmedAt, 'The trouble was certain.')]),
    ...about.map((mail) => mailLine(mail, moment)),
    ...(incident.closedAt === null
      ? []
      : [line(incident.closedAt, `Over, because ${reasonText(incident.closeReason ?? '')}.`)]),
  ].toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return part(
    `${incidentSubject(incident)}, ${incident.state}`,
    [...lines, ...silence, ...(person === undefined ? [latest] : [])],
    incident.id,
  );
}

function toWhom(address: string | null): string {
  return address === null ? '' : ` to ${address}`;
}

/** A person's own reason goes before that of the incident. */
function whyNot({ connectionId, decision }: IncidentView, person: Person | undefined): string {
  if (person !== undefined && person.state !== 'active') return stateWords[person.state];
  if (person?.role === 'cc' && connectionId === null) return 'mail about our own access goes to owners alone';
  return reasonText(decision);
}

function decisionText({ decision, notifications }: IncidentView): string {
  const count = notifications.length;
  const mails = count === 0 ? 'no mail so far' : `${count} ${count === 1 ? 'mail' : 'mails'} so far`;
  return `${reasonText(decision)} (${mails})`;
}

function nextLines(told: Explanation, isMeant: (email: string) => boolean, moment: Moment): readonly ExplainedLine[] {
  const holds = told.holds.map(({ kind, since }) =>
    line(
      null,
      `Mail is held ${kind === 'command' ? 'by command' : 'by MAIL_BRAKE'} since ${moment(since)}, until somebody releases it.`,
    ),
  );
  const steps = told.next.filter(({ to }) => to.length === 0 || to.some(isMeant));
  return [
    ...steps.map((step) =>
      line(
        step.at,
        nextText(step, (id) => nameOf(id, told)),
      ),
    ),
    ...holds,
  ];
}

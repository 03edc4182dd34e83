import type { Instant } from '../../src/domain/model/time.ts';
import type { Evidence, TakenMail } from './evidence.ts';
import { beginOf, type Happening, isTurn, type Mishap, type Plan, type Turn, type Weather } from './plan.ts';

type Line = Readonly<{ at: Instant; text: string }>;

/** A world as a readable log: what happened, what Linkwatch was shown, and the mails. */
export function diaryOf(plan: Plan, { mails, answers, lostGrants }: Evidence): readonly string[] {
  const lines: readonly Line[] = [
    ...plan.happenings.flatMap(linesOf),
    ...changesShown(answers),
    ...mails.map(
      (mail, index): Line => ({ at: mail.at, text: `            ${mailLine(mail, mails.slice(0, index))}` }),
    ),
    ...lostGrants.map(({ at, tenantId }) => ({ at, text: `the grant of ${tenantId} is lost with a process` })),
  ];
  const fleet = plan.tenants.map(({ id, networks, timezone, hasCopy }) => {
    return `  ${id}: ${networks.join(', ')}; ${timezone}; an owner${hasCopy ? ' and a cc' : ''}`;
  });
  return [
    `seed ${plan.seed}: ${plan.workers} processes, ${plan.tenants.length} tenants${plan.isSpread ? ' spread over the hour' : ''}, calm from ${timeText(plan.calmFrom)}`,
    ...fleet,
    ...lines.toSorted((a, b) => a.at - b.at).map(({ at, text }) => `${timeText(at)} ${text}`),
  ];
}

function linesOf(happening: Happening): readonly Line[] {
  const at = beginOf(happening);
  if (isTurn(happening)) {
    return [{ at, text: `${happening.tenantId}: ${turnText(happening)}` }];
  }
  const name = spanText(happening);
  return [
    { at, text: `-- ${name}` },
    { at: happening.to, text: `-- ${name}: over` },
  ];
}

function turnText(turn: Turn): string {
  switch (turn.kind) {
    case 'account':
      return `${turn.network} is ${turn.look}`;
    case 'access':
      return `our access is ${turn.look}`;
    case 'people': {
      const { owner, cc, ownerWantsReminders } = turn.look;
      return `mail is for ${owner}${cc === null ? '' : ` and ${cc}`}${ownerWantsReminders ? '' : ', who wants no reminders'}`;
    }
  }
}

function spanText(happening: Exclude<Happening, Turn>): string {
  switch (happening.kind) {
    case 'weather':
      return weatherText(happening);
    case 'mishap':
      return mishapText(happening);
    case 'outage':
      return `${happening.network} shows ${happening.look} for everybody`;
    case 'mail hold':
      return 'mail is held';
  }
}

function weatherText({ place, does, share }: Weather): string {
  return `${place}: ${does} (${Math.round(share * 100)} %)`;
}

function mishapText(mishap: Mishap): string {
  const { worker, does } = mishap;
  const how =
    does === 'has a wrong clock'
      ? `, by ${Math.round(mishap.byMs / 1000)} s`
      : ` at step ${mishap.steps} of ${mishap.during}`;
  return `process ${worker + 1} ${does}${how}`;
}

/** Only where an answer differs from the one before. */
function changesShown(answers: Evidence['answers']): readonly Line[] {
  const before = new Map<string, string>();
  return answers.flatMap(({ at, tenantId, looks }): readonly Line[] => {
    const text = Object.entries(looks)
      .map(([network, look]) => `${network} ${look}`)
      .join(', ');
    if (before.get(tenantId) === text) return [];
    before.set(tenantId, text);
    return [{ at, text: `      shown ${tenantId}: ${text}` }];
  });
}

function mailLine({ messageId, kind, to, said, about }: TakenMail, earlier: readonly TakenMail[]): string {
  const isRepeated = earlier.some((mail) => mail.messageId === messageId);
  const problems = said.map(({ network, action }) => `${action} ${network ?? 'account'}`).join(', ');
  return `${isRepeated ? 'again ' : ''}${kind} to ${to}: ${about ?? problems} ${messageId}`;
}

function timeText(at: Instant): string {
  return new Date(at).toISOString().slice(5, 19).replace('T', ' ');
}

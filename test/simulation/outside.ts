import type { ConnectionStatus } from '../../src/domain/model/connection-status.ts';
import type { ComposedMail, DeliveryOutcome, MessageContent } from '../../src/domain/model/message-content.ts';
import { failureOf, type PollFailureKind } from '../../src/domain/model/poll.ts';
import type {
  ApiResult,
  AskingForConnections,
  ConnectionsAnswer,
  Mailer,
  WebhookSender,
} from '../../src/monitoring/ports.ts';
import { pick } from '../../src/sandbox/seeded-random.ts';
import { anObservedConnection } from '../support/builders.ts';
import { answerOf, taken } from '../support/use-case-receivers.ts';
import type { ShownAnswer, TakenEvent, TakenMail } from './evidence.ts';
import { type AccessLook, isOutage, type Look, type Plan } from './plan.ts';
import type { SimClock } from './sim-clock.ts';
import { accessOf, lookAt, stretchesOf } from './truth.ts';
import type { WeatherNow } from './weather.ts';

export type Seen = Readonly<{
  mails: TakenMail[];
  lostMails: TakenMail[];
  answers: ShownAnswer[];
  takenEvents: TakenEvent[];
}>;

type World = Readonly<{ plan: Plan; clock: SimClock; weather: WeatherNow; seen: Seen }>;

const statuses: Readonly<Record<Exclude<Look, 'gone'>, Partial<ConnectionStatus>>> = {
  fine: {},
  broken: { tokenIsValid: false },
  scopeless: { tokenHasScopes: false },
  profileless: { isActiveUser: false },
  limited: { rateLimited: true },
  unanswered: { tokenIsValid: false, networkStatus: 503, error: 'service unavailable' },
};

const failures = {
  'time out': 'timeout',
  fail: 'server',
  throttle: 'throttled',
  'tear answers': 'invalid_response',
} as const;

type Answered = Readonly<{ answer: ApiResult<ConnectionsAnswer>; looks: ShownAnswer['looks'] | null }>;

/** Constant Contact: the plan's truth, by the weather. An access token names its tenant: `bakery#1`. */
export function simulatedUpstream({ plan, clock, weather, seen }: World) {
  const accounts = new Map(
    plan.tenants.map(({ id, networks }) => [
      id,
      networks.map((network) => ({ network, stretches: stretchesOf(plan, { tenantId: id, network }) })),
    ]),
  );
  const access = new Map(plan.tenants.map(({ id }) => [id, accessOf(plan, id)]));
  const accessNow = (tenantId: string) => lookAt(access.get(tenantId) ?? [], clock.now()) ?? 'granted';

  function looksNow(tenantId: string): Readonly<Record<string, Look>> {
    const now = clock.now();
    const own = accounts.get(tenantId) ?? [];
    const outages = plan.happenings.filter(isOutage).filter(({ from, to }) => from <= now && now < to);
    const lookOf = (network: string, really: Look) =>
      really === 'gone' ? really : (outages.find((outage) => outage.network === network)?.look ?? really);
    return Object.fromEntries(
      own.map(({ network, stretches }) => [network, lookOf(network, lookAt(stretches, now) ?? 'fine')]),
    );
  }

  async function failing<T>(answer: (isTorn: boolean) => ApiResult<T>): Promise<ApiResult<T>> {
    const does = weather.at('upstream');
    if (does === null) return answer(false);
    const isTorn = does === 'tear answers' && weather.random() < 0.5;
    // What takes its time was true when it was asked, and may no longer be so when it comes.
    const given = does === 'take its time' || isTorn ? answer(isTorn) : fails<T>(failures[does]);
    await clock.wakeAt(clock.now() + weather.delayMs());
    return given;
  }

  function connectionsNow(tenantId: string, isTorn: boolean): Answered {
    const now = accessNow(tenantId);
    if (now !== 'granted') return { answer: fails(refusalOf(now, isTorn)), looks: null };
    const all = Object.entries(looksNow(tenantId));
    const readable = isTorn ? all.slice(0, all.length / 2) : all;
    const connections = readable.flatMap(([network, look]) =>
      look === 'gone' ? [] : [anObservedConnection({ network, accountId: network, ...statuses[look] })],
    );
    return { answer: { ok: true, value: { connections, isPartial: isTorn } }, looks: Object.fromEntries(readable) };
  }

  async function fetchConnections(
    token: string,
    { onSend }: AskingForConnections = {},
  ): Promise<ApiResult<ConnectionsAnswer>> {
    const tenantId = tenantOf(token);
    onSend?.();
    let shown: Answered['looks'] = null;
    const given = await failing((isTorn) => {
      const { answer, looks } = connectionsNow(tenantId, isTorn);
      shown = looks;
      return answer;
    });
    if (shown !== null) seen.answers.push({ at: clock.now(), tenantId, looks: shown });
    return given;
  }

  return {
    accessNow,
    fetchConnections,
    fetchProfiles: () => failing(() => ({ ok: true, value: { pages: [], isWhole: true } })),
    fetchPrivileges: () => failing(() => fails<readonly string[]>('client')),
    fetchAccount: async () => fails<never>('forbidden'),
    fetchContactEmail: async () => ({ ok: true, value: null }) as const,
    /** Of the token endpoint; the answer to a refresh is late, and never lost: that would cost the grant. */
    delayed: async <T>(answer: () => ApiResult<T>): Promise<ApiResult<T>> => {
      const does = weather.at('upstream');
      if (does === 'fail' || does === 'throttle') return fails(failures[does]);
      const given = answer();
      if (does !== null) await clock.wakeAt(clock.now() + weather.delayMs());
      return given;
    },
  };
}

function refusalOf(access: Exclude<AccessLook, 'granted'>, isTorn: boolean): PollFailureKind {
  if (isTorn) return 'invalid_response';
  return access === 'revoked' ? 'unauthorized' : 'forbidden';
}

function tenantOf(token: string): string {
  return token.split('#')[0] ?? '';
}

function fails<T>(kind: PollFailureKind): ApiResult<T> {
  return { ok: false, failure: failureOf(kind, `${kind} in the simulation`) };
}

const accepted: DeliveryOutcome = { outcome: 'accepted', response: '250 Ok' };

export type SimulatedMailer = Mailer &
  Readonly<{
    /** A process begins to send a mail, and may not live to hear of its end; the answer is what to do when it has. */
    begin(mail: Pick<ComposedMail, 'messageId'>): () => void;
  }>;

/** A mail server, and the shortest of mails. */
export function simulatedMailer({ clock, weather, seen }: World): SimulatedMailer {
  const contents = new Map<string, MessageContent>();
  const messageIdOf = (id: string) => `<${id}@simulation.example>`;
  const written = (messageId: string) => takenMail(contents.get(messageId), clock.now(), messageId);
  return {
    messageIdOf,
    compose: (content) => {
      const messageId = messageIdOf(content.notificationId);
      contents.set(messageId, content);
      const texts = { subject: content.kind, html: '', text: '', headers: {}, envelopeFrom: 'a@b.example' };
      return { messageId, to: content.to, ...texts };
    },
    begin: ({ messageId }) => {
      const mail = written(messageId);
      seen.lostMails.push(mail);
      return () => void seen.lostMails.splice(seen.lostMails.indexOf(mail), 1);
    },
    send: async ({ messageId }) => {
      const does = weather.at('mail');
      if (does === 'take its time') await clock.wakeAt(clock.now() + weather.delayMs());
      if (does === 'be down') return { outcome: 'deferred', response: 'connection refused', isOurFault: false };
      if (does === 'defer') return { outcome: 'deferred', response: '451 4.3.0 later', isOurFault: false };
      const isTaken = does !== 'lose answers' || weather.random() < 0.5;
      (isTaken ? seen.mails : seen.lostMails).push(written(messageId));
      return does === 'lose answers' ? { outcome: 'unknown', response: 'no answer' } : accepted;
    },
  };
}

function takenMail(content: MessageContent | undefined, at: number, messageId: string): TakenMail {
  if (content === undefined) throw new Error(`Nobody wrote ${messageId}.`);
  const { to, kind, recipient, problems, isLastReminder, report } = content;
  const said = problems.map(({ connection, action }) => ({ network: connection?.network ?? null, action }));
  return {
    at,
    messageId,
    to,
    kind,
    tenantId: recipient?.tenant.id ?? null,
    said,
    isLastReminder,
    about: report?.about ?? null,
    heldNetwork: heldNetworkOf(report),
  };
}

function heldNetworkOf(report: MessageContent['report']): string | null {
  if (report === null || !('hold' in report) || report.hold.cause.kind !== 'fleet') return null;
  return report.hold.cause.network;
}

export function simulatedReceivers({ clock, weather, seen }: World): WebhookSender {
  return {
    newSecret: () => 'whsec_c2VjcmV0',
    problemOf: () => null,
    send: async ({ url, id }) => {
      const take = () => seen.takenEvents.push({ at: clock.now(), receiver: url, eventId: id });
      const does = weather.at('receivers');
      if (does === 'be down') return answerOf(null);
      if (does === 'fail') return answerOf(pick(weather.random, [500, 503, 429]));
      if (does === 'take its time') await clock.wakeAt(clock.now() + weather.delayMs());
      if (does !== 'lose answers' || weather.random() < 0.5) take();
      return does === 'lose answers' ? answerOf(null) : taken;
    },
  };
}

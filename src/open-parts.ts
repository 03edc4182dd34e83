import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config.ts';
import { createConstantContact } from './constant-contact/constant-contact.ts';
import { planRegularPoll, requestsPerDay, stretchFor } from './domain/poll-plan.ts';
import type { Tenant } from './domain/tenant.ts';
import { createLog } from './log.ts';
import { createMailer, type MailServer } from './mail/create-mailer.ts';
import { createFormTokens } from './mail/form-tokens.ts';
import { deriveLinkKey, deriveReturnPathKey } from './mail/link-key.ts';
import { createLinks } from './mail/links.ts';
import { defaultReconnectSteps, parseReconnectSteps, type ReconnectSteps } from './mail/reconnect-steps.ts';
import { createReturnPath } from './mail/return-path.ts';
import { createAccess } from './monitoring/keep-access.ts';
import type { Clock, NewId } from './monitoring/ports.ts';
import type { RoundContext } from './monitoring/record-polls.ts';
import { createUsedUpNotice } from './monitoring/used-up-notice.ts';
import { createSlotReader, type SlotReader } from './queue/cron-slots.ts';
import { createHeartbeat } from './queue/heartbeat.ts';
import { createEncryption, type Encryption } from './store/encryption.ts';
import { openStore, type Store } from './store/open-store.ts';

export type Parts = ReturnType<typeof openParts>;

/** Every adapter, made from the configuration. Nothing connects before it is used. */
export function openParts(config: Config, { isQuiet }: Readonly<{ isQuiet: boolean }>) {
  const log = createLog({ ...config.log, isQuiet });
  const clock = systemClock;
  const store = openStore({
    databaseUrl: config.database.url,
    encryption: encryptionOf(config),
    quota: {
      perDay: config.constantContact.requestsPerDay,
      reserveShare: config.constantContact.quotaReserveShare,
    },
  });
  const constantContact = createConstantContact({
    ...config.constantContact,
    clientId: config.constantContact.clientId ?? '',
    clock,
    log,
  });
  const slots = createSlotReader();
  const reconnectSteps = reconnectStepsOf(config);
  const mailer = openOnce(() => openMailer(config, reconnectSteps));
  return {
    config,
    log,
    clock,
    newId,
    chance: Math.random,
    store,
    constantContact,
    reconnectSteps,
    access: createAccess({
      grants: store.grantStore,
      constantContact,
      clock,
      log,
      requestTimeoutMs: config.constantContact.requestTimeoutMs,
    }),
    /** Null where no mail server is configured: mail then waits in its rows. */
    mailer: config.mail.smtpUrl === null || config.mail.from === null ? null : mailer.open,
    /** Writes mail all the same, to be looked at. */
    composer: mailer.open,
    close: async () => {
      (await mailer.opened())?.close();
      await store.close();
    },
    forms: createFormTokens({ linkKeys: keysOf(config, deriveLinkKey) }),
    links: createLinks({ publicUrl: config.http.publicUrl, linkKeys: keysOf(config, deriveLinkKey) }),
    returnPath: createReturnPath({
      returnPath: config.mail.returnPath,
      mailFrom: config.mail.from ?? '',
      returnPathKeys: keysOf(config, deriveReturnPathKey),
    }),
    heartbeat: createHeartbeat(config.heartbeatUrl, log),
    slots,
    ...createDemandReader(config, slots, store),
    noticeUsedUp: createUsedUpNotice(log),
  };
}

const systemClock: Clock = {
  now: Date.now,
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};

/** 80 bits in lower case, short enough to type. */
const newId: NewId = () =>
  BigInt(`0x${randomBytes(10).toString('hex')}`)
    .toString(36)
    .padStart(16, '0');

/** How a tenant's polls are planned from here on; `stretch` keeps the fleet within the day's requests. */
export async function roundContext({ config, slots, readDemand }: Parts): Promise<RoundContext> {
  const { stretch } = await readDemand();
  return {
    settings: config.alerts,
    operatorEmail: config.mail.operatorEmail,
    newId,
    planRegularPoll: (tenant, at) =>
      planRegularPoll(tenant.id, at, slotsOf(tenant, at, { config, slots }), {
        spread: config.polling.spread,
        stretch,
      }),
  };
}

/** Fleets grow slowly, and counting one is not worth doing each second. */
const DEMAND_VALID_MS = 60_000;

/** What the schedules ask for in a day, and how far that stretches all intervals. */
type Demand = Readonly<{ askedPerDay: number; stretch: number }>;

function createDemandReader(config: Config, slots: SlotReader, { pollQueue }: Store) {
  const { requestsPerDay: quota, quotaReserveShare } = config.constantContact;
  let latest = { askedPerDay: 0, stretch: 1, validUntil: 0 };
  const readDemand = async (): Promise<Demand> => {
    const now = systemClock.now();
    if (quota === 0 || now < latest.validUntil) return latest;
    const asked = (await pollQueue.schedules()).map((use) => {
      const { previousAt, nextAt } = slotsOf(use, now, { config, slots });
      return use.tenants * requestsPerDay(nextAt - previousAt);
    });
    const askedPerDay = asked.reduce((sum, requests) => sum + requests, 0);
    const stretch = stretchFor(askedPerDay, quota, quotaReserveShare);
    latest = { askedPerDay, stretch, validUntil: now + DEMAND_VALID_MS };
    return latest;
  };
  return {
    readDemand,
    /** Null while what the schedules ask for fits into the day. */
    readQuota: async () => {
      const { askedPerDay, stretch } = await readDemand();
      return stretch === 1 ? null : { perDay: quota, planned: Math.round(askedPerDay), stretch };
    },
  };
}

/** The tenant's own schedule in its time zone, or the global one in UTC. */
export function slotsOf(
  { schedule, timezone }: Pick<Tenant, 'schedule' | 'timezone'>,
  at: number,
  { config, slots }: Readonly<{ config: Config; slots: SlotReader }>,
) {
  return schedule === null ? slots(config.polling.schedule, 'UTC', at) : slots(schedule, timezone, at);
}

/** A command that reads no secret needs no key; one that does after all says so. */
function encryptionOf({ encryptionKeys }: Config): Encryption {
  if (encryptionKeys.length > 0) return createEncryption(encryptionKeys.map((key) => Buffer.from(key)));
  const refuse = () => {
    throw new Error('ENCRYPTION_KEY is not set, and this needs it.');
  };
  return { seal: refuse, open: refuse };
}

/** Without a key no link or signed address is ever handed out, so one that nobody knows will do. */
function keysOf(
  { encryptionKeys }: Config,
  derive: (key: Uint8Array) => Uint8Array,
): readonly [Uint8Array, ...Uint8Array[]] {
  const [first, ...others] = encryptionKeys.map((key) => derive(key));
  return [first ?? new Uint8Array(randomBytes(32)), ...others];
}

function reconnectStepsOf({ mail }: Config): ReconnectSteps {
  if (mail.reconnectStepsFile === null) return defaultReconnectSteps;
  const parsed = parseReconnectSteps(readFileSync(mail.reconnectStepsFile, 'utf8'));
  if (parsed.ok) return parsed.steps;
  throw new Error(`RECONNECT_STEPS_FILE: ${parsed.problems.join('; ')}`);
}

/** Compiling the templates takes a moment that only mail is worth. Where nothing is set, placeholders do for a look. */
function openMailer(config: Config, reconnectSteps: ReconnectSteps): Promise<MailServer> {
  const { smtpUrl, from, operatorEmail, replyTo, reconnectUrl, dkim } = config.mail;
  const mailFrom = from ?? 'Linkwatch <linkwatch@localhost>';
  return createMailer({
    smtpUrl: smtpUrl ?? 'smtp://localhost',
    mailFrom,
    operatorEmail: operatorEmail ?? mailFrom,
    replyTo,
    reconnectUrl,
    dkim,
    reconnectSteps,
    publicUrl: config.http.publicUrl,
    linkKeys: keysOf(config, deriveLinkKey),
    returnPath: config.mail.returnPath,
    returnPathKeys: keysOf(config, deriveReturnPathKey),
  });
}

function openOnce<T>(make: () => Promise<T>) {
  let made: Promise<T> | null = null;
  return {
    open: () => {
      made ??= make();
      return made;
    },
    opened: async () => await made,
  };
}

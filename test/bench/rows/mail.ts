import { startMailCatcher } from '../../../src/sandbox/mail-catcher.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { measureChild } from '../measured-process.ts';

const TENANTS = 2_000;
const SETTINGS = { CONFIRM_POLLS: '1', GROUP_WAIT: '0s', MAIL_BRAKE: `${TENANTS}` };

type Round = Readonly<{ sent: number; cpuMs: number; wallMs: number }>;
type Bare = Readonly<{ mails: number; cpuMs: number; wallMs: number }>;
type Message = Readonly<{ from: string; to: readonly string[]; source: string }>;

/** Everything breaks at once and is certain: the deliveries, beside a bare nodemailer loop that sends the same bytes. */
export const mailRow: BenchRow = {
  name: 'mail',
  figures: {
    cpu: {
      title: 'CPU per alert mail, beyond the poll',
      unit: 'ms',
      floor: 'nodemailer alone, the same bytes',
      bound: { of: 'ratio', is: 'at most', limit: 2, aim: 1.3 },
    },
    wall: {
      title: `mail of ${TENANTS.toLocaleString('en')} tenants at once, until the last is accepted`,
      unit: 's',
      floor: 'a bare nodemailer loop',
      bound: { of: 'ratio', is: 'at most', limit: 1.3, aim: 1.1 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 1,
  isUsedUp: true,
  prepare: async (database) => {
    const messages: Message[] = [];
    const mail = await startMailCatcher({
      onMail: ({ envelopeFrom: from, to, source }) => void messages.push({ from, to, source }),
    });
    const fleet = await openBenchFleet(database, { tenants: TENANTS, settings: SETTINGS });
    const withMailServer = { ...fleet.env, SMTP_URL: mail.smtpUrl };
    const withoutMailServer = { ...fleet.env, SMTP_URL: '', MAIL_FROM: '', OPERATOR_EMAIL: '' };
    // Before the first poll: what breaks in so many accounts at once later is held as a problem of the network.
    await fleet.control('PATCH', 'connections', { network: 'facebook', status: { token_is_valid: false } });
    await measureChild('poll-once.ts', [], { env: withoutMailServer });
    const one = await fleet.database.raw().db.tenant.findFirstOrThrow();
    return {
      sample: async () => {
        const ours = await measureChild<Round>('poll-once.ts', [one.id], { env: withMailServer });
        const sent = messages.splice(0);
        if (sent.length !== TENANTS) throw new Error(`${sent.length} mails of ${TENANTS} came`);
        const bare = await measureChild<Bare>('bare-mail.ts', [mail.smtpUrl], { stdin: JSON.stringify(sent) });
        return {
          cpu: { ours: ours.cpuMs / ours.sent, floor: bare.cpuMs / bare.mails },
          wall: { ours: ours.wallMs / 1000, floor: bare.wallMs / 1000 },
        };
      },
      close: async () => void (await Promise.all([mail.close(), fleet.close()])),
    };
  },
};

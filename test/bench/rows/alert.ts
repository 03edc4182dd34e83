import { setTimeout as wait } from 'node:timers/promises';
import { startMailCatcher } from '../../../src/sandbox/mail-catcher.ts';
import { until } from '../../support/until.ts';
import { end, listening, startDaemon } from '../bench-daemon.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';

const SETTINGS = { CONFIRM_POLLS: '1', GROUP_WAIT: '0s', POLL_SCHEDULE: '*/2 * * * * *', POLL_SPREAD: 'off' };

/** From the first bad answer to the accepted mail, where no rule asks for a wait. */
export const alertRow: BenchRow = {
  name: 'alert',
  figures: {
    latency: {
      title: 'first bad answer to mail accepted, nothing to wait for',
      unit: 'ms',
      floor: null,
      bound: { of: 'ours', is: 'at most', limit: 300, aim: 100 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 5,
  prepare: async (database) => {
    let acceptedAt: number | null = null;
    const mail = await startMailCatcher({
      onMail: () => {
        acceptedAt ??= Date.now();
      },
    });
    const fleet = await openBenchFleet(database, { tenants: 10, settings: { ...SETTINGS, SMTP_URL: mail.smtpUrl } });
    const daemon = startDaemon(fleet);
    await listening(daemon);
    await wait(8_000);
    let broken = 0;
    return {
      sample: async () => {
        acceptedAt = null;
        const tenant = fleet.tenants[broken];
        broken += 1;
        const brokenAt = Date.now();
        const selection = { network: 'facebook', tenantIds: [tenant?.id] };
        await fleet.control('PATCH', 'connections', { ...selection, status: { token_is_valid: false } });
        const told = await until('the mail is accepted', () => acceptedAt ?? undefined);
        const opened = await fleet.database
          .raw()
          .db.incident.findMany({ where: { openedAt: { gte: new Date(brokenAt) } } });
        const seenAt = opened[0]?.openedAt.getTime();
        if (seenAt === undefined) throw new Error('there was mail, and no incident');
        return { latency: { ours: told - seenAt, floor: null } };
      },
      close: async () => {
        await end(daemon);
        await Promise.all([mail.close(), fleet.close()]);
      },
    };
  },
};

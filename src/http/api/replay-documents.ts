import { z } from 'zod';
import { replayView } from '../../monitoring/views/replay.ts';
import { moment } from './schemas.ts';

/** The body and the answer of a replay, by their names in the OpenAPI document. */

const MOST_LISTED = 500;

export const replayBody = z
  .strictObject({
    from: moment.optional().meta({ description: 'As far back as polls are kept (`POLL_RETENTION`) unless given.' }),
    to: moment.optional().meta({ description: 'Now unless given.' }),
    tenantIds: z
      .array(z.string().max(200))
      .min(1)
      .max(1000)
      .optional()
      .meta({ description: 'All that the key sees unless they are given.' }),
    settings: z
      .record(z.string().max(100), z.string().max(1000))
      .default({})
      .meta({ description: 'Other alert rules, by variable, each written as in `.env`.' }),
    limit: z
      .int()
      .min(0)
      .max(MOST_LISTED)
      .default(100)
      .meta({ description: 'So many tenants are listed with their mail; the totals count all.' }),
  })
  .meta({
    id: 'ReplayBody',
    examples: [{ from: '2026-11-01', settings: { CONFIRM_POLLS: '3', REMIND_AFTER: '1d,3d,7d' } }, {}],
  });

const mailExample = {
  at: '2026-11-28T08:17:12.000Z',
  kind: 'alert',
  to: ['jane@bakery.example'],
  reason: 'first_alert',
  about: [{ network: 'facebook', accountId: '17841400000000000', displayName: "Jane's Bakery", action: 'reconnect' }],
};

export const replay = replayView.meta({
  id: 'Replay',
  examples: [
    {
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-28T09:12:00.000Z',
      settings: { CONFIRM_POLLS: '3' },
      tenantsReplayed: 500,
      pollsReplayed: 12_440,
      moreTenants: 0,
      totals: { alert: { would: 19, was: 23, onlyWould: 1, onlyWas: 5 } },
      tenants: [
        {
          id: '4ba1vqnyqq0hp7ur',
          name: "Jane's Bakery",
          would: [{ ...mailExample, difference: 'later', otherAt: '2026-11-28T08:02:12.000Z' }],
          was: [{ ...mailExample, at: '2026-11-28T08:02:12.000Z', difference: 'later', otherAt: mailExample.at }],
        },
      ],
    },
  ],
});

import { z } from 'zod';
import { DEFAULT_APPLICATION } from '../../domain/model/client-application.ts';
import { conditions, tenantHealths } from '../../domain/model/condition.ts';
import { durationFromText } from '../../domain/model/duration.ts';
import { type PastOrder, pastOrders, type TenantOrder, tenantOrders, tenantStates } from '../../domain/model/tenant.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import type { ApplicationProblem, ExternalIdProblem, TokenProblem } from '../../monitoring/application.ts';
import type { PastFilter } from '../../monitoring/ports.ts';
import { DEFAULT_SCHEDULE } from '../../monitoring/tenants/tenant-field-rules.ts';
import type { TenantFields } from '../../monitoring/tenants/tenant-input.ts';
import { ApiProblem, badField, conflict } from './api-problem.ts';

const ONE_HEALTH = `Invalid option: expected one of ${tenantHealths.map((health) => `"${health}"`).join('|')}`;

export const filterFields = {
  health: z
    .union([z.enum(tenantHealths), z.array(z.enum(tenantHealths))], { error: ONE_HEALTH })
    .optional()
    .meta({ description: "A tenant's worst connection; may be given several times." }),
  network: z
    .string()
    .trim()
    .toLowerCase()
    .max(100)
    .optional()
    .meta({ description: 'Of one connection that is there.', examples: ['facebook'] }),
  condition: z.enum(conditions).optional(),
  state: z.enum(tenantStates).optional(),
  externalId: z.string().max(200).optional(),
  q: z.string().max(200).optional().meta({ description: 'Part of the name.' }),
  contact: z.string().max(320).optional().meta({ description: 'The whole address of one of its contacts.' }),
  failingFor: z
    .string()
    .max(20)
    .optional()
    .meta({ description: 'Active, and its polls have failed for so long or longer, such as 1d; 0s: now.' }),
};

export const order = z.enum(tenantOrders).default('id').meta({
  description:
    '`longest_broken`: whose oldest certain trouble began first. A tenant whose place changes between two pages may be on both, or on neither.',
});

/** No database knows the moment that lies very much longer ago. */
const LONGEST_FAILING_MS = 3_652 * DAY_MS;

type FilterQuery = z.output<z.ZodObject<typeof filterFields>>;

const text = z.string().max(2000);
const tenantFields = {
  name: text,
  owner: text,
  cc: z.array(text).max(100),
  externalId: text.nullable(),
  timezone: text,
  locale: text,
  schedule: text.nullable(),
  application: text.nullable().meta({ description: 'By its name; null: the one of the configuration.' }),
  senderName: text.nullable(),
  replyTo: text.nullable(),
  reconnectUrl: text.nullable(),
  refreshToken: z.string().max(10_000),
  accessToken: z
    .string()
    .max(10_000)
    .meta({ description: 'The one that came with the refresh token, if it still lives.' }),
  expiresIn: z.int().min(1).max(999_999_999).meta({ description: 'Seconds that the access token still lives.' }),
};

export const newTenantBody = z
  .strictObject({ ...z.object(tenantFields).partial().shape, name: text, owner: text })
  .meta({
    id: 'NewTenantBody',
    examples: [{ name: "Jane's Bakery", owner: 'jane@bakery.example', externalId: 'customer-17', timezone: 'UTC' }],
  });
export const patchBody = z
  .strictObject(tenantFields)
  .partial()
  .meta({ id: 'TenantPatch', examples: [{ timezone: 'America/New_York', cc: ['office@bakery.example'] }] });

export const actionsBody = z
  .strictObject({
    action: z.enum(['pause', 'resume', 'poll', 'snooze', 'release']).meta({
      description:
        '`poll`: they are due at once. `snooze`: no reminders of what is certain. `release`: held mail is let go.',
    }),
    for: z.string().max(20).optional().meta({ description: 'How long to snooze, such as 12h or 3d.' }),
    ids: z.array(z.string().max(200)).min(1).max(10_000).optional(),
    filter: z.strictObject(filterFields).optional().meta({ description: 'As in the list; `{}` means all.' }),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'Give either ids or a filter.')
  .refine((body) => (body.for !== undefined) === (body.action === 'snooze'), 'Give `for` with snooze alone.')
  .meta({ id: 'TenantActions', examples: [{ action: 'pause', filter: { health: 'unobserved' } }] });

export function filterOf({ q, health, failingFor, ...filter }: FilterQuery) {
  const failingForMs = failingFor === undefined ? undefined : durationFromText(failingFor);
  if (failingForMs === null) throw badField('failingFor', 'it is no duration; write 12h or 3d');
  if (failingForMs !== undefined && failingForMs > LONGEST_FAILING_MS) {
    throw badField('failingFor', 'it is longer than ten years');
  }
  return { ...filter, search: q, health: typeof health === 'string' ? [health] : health, failingForMs };
}

type PastQuery = FilterQuery & Readonly<{ order: TenantOrder }>;

/** The filter for the fleet as of a past moment; a field whose past values are not stored is refused by its name. */
export function pastFilterOf({
  state,
  contact,
  order: wanted,
  ...query
}: PastQuery): PastFilter & { order: PastOrder } {
  const forgotten = 'of the past it is not remembered, so leave it out or leave `at` out';
  if (state !== undefined) throw badField('state', forgotten);
  if (contact !== undefined) throw badField('contact', forgotten);
  const known = pastOrders.find((each) => each === wanted);
  if (known === undefined) throw badField('order', `with \`at\` it is one of ${pastOrders.join(', ')}`);
  return { ...filterOf(query), order: known };
}

type Fields = z.output<z.ZodObject<typeof tenantFields>>;
type Body = Readonly<{ [Name in keyof Fields]?: Fields[Name] | undefined }>;

/** The fields as a tenant file names them; null takes a value away, as an empty text does there. */
export function fieldsOf({ cc, ...texts }: Body): TenantFields {
  const given = Object.entries(texts).filter(([, value]) => value !== undefined);
  const entries = given.map(([name, value]) => [
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    typeof value === 'number' ? String(value) : (value ?? wordsForNone[name] ?? ''),
  ]);
  return { ...Object.fromEntries(entries), ...(cc !== undefined && { cc }) };
}

/** Where an empty text does not take the value away. */
const wordsForNone: Readonly<Record<string, string>> = {
  schedule: DEFAULT_SCHEDULE,
  application: DEFAULT_APPLICATION,
};

export function refused(problem: TokenProblem | ExternalIdProblem | ApplicationProblem): ApiProblem {
  switch (problem.outcome) {
    case 'token_taken':
      return conflict('refreshToken', 'it is another tenant’s; every account needs a refresh token of its own');
    case 'token_of_another_account':
      return conflict('refreshToken', 'it is of another Constant Contact account than this tenant’s');
    case 'token_refused':
      return new ApiProblem(422, `Constant Contact refuses this refresh token: ${problem.detail}`, [
        { field: 'refreshToken', detail: problem.detail },
      ]);
    case 'external_id_taken':
      return conflict('externalId', problem.holder === null ? 'another tenant has it' : `${problem.holder.id} has it`);
    case 'unknown_application':
      return badField('application', 'there is no application of this name');
    case 'grant_of_another_application':
      return conflict(
        'application',
        'the tenant’s tokens are of another one: give a refresh token of this one as well',
      );
  }
}

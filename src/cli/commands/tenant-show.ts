import type { Command } from 'commander';
import { readSchedule } from '../../domain/polling/schedule.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { TenantDetail } from '../../monitoring/views.ts';
import { formatMinute, formatMoment } from '../../words/format-time.ts';
import { invitationText } from '../../words/invitation-words.ts';
import type { Cli } from '../context.ts';
import { unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { fieldTable } from '../text/table.ts';

export function addTenantShow(group: Command, cli: Cli): void {
  const command = group
    .command('show')
    .summary("one tenant's settings")
    .description("One tenant's settings and contacts. `linkwatch status --tenant ID` shows its connections.")
    .argument('<tenant>', "the tenant's id, external id or name")
    .action(async (named: string, options: JsonOption) => {
      const tenant = await withApp(cli, { purpose: 'read' }, async (app) =>
        app.tenants.find(operator, await tenantIdOf(app, named)),
      );
      if (tenant === null) throw unknownTenant(named);
      await printAnswer(cli, options, { as: 'tenant', view: tenant, text: () => detailText(cli, tenant) });
    });
  withExamples(withJson(command), 'tenant show 4ba1vqnyqq0hp7ur');
}

function detailText(cli: Cli, tenant: TenantDetail): string {
  const now = cli.now();
  const contacts = tenant.contacts.map(({ email, role, state }) => [
    role === 'owner' ? 'Owner' : 'Copy to',
    state === 'active' ? email : `${email} (${state.replace('_', ' ')})`,
  ]);
  return fieldTable(
    cli.stdout,
    ['TENANT', tenant.id],
    [
      ['Name', tenant.name],
      ...(tenant.externalId === null ? [] : [['External id', tenant.externalId] as const]),
      ['State', tenant.state.replace('_', ' ')],
      ...contacts,
      ['Time zone', tenant.timezone],
      ['Language', tenant.locale],
      ['Schedule', scheduleText(tenant)],
      ...(tenant.application === null ? [] : [['Application', tenant.application] as const]),
      ...mailLines(tenant),
      ...invitationLine(tenant),
      ['Added', formatMoment(tenant.createdAt, now)],
      ['Last polled', formatMoment(tenant.lastPolledAt, now)],
      ['Next poll', formatMoment(tenant.nextPollAt, now)],
    ],
  );
}

function scheduleText({ schedule, timezone }: TenantDetail): string {
  if (schedule === null) return 'as all';
  const reading = readSchedule(schedule, timezone);
  return `${schedule} (${reading.ok ? 'in its time zone' : `${reading.problem}; polled as all`})`;
}

function invitationLine({ invitation }: TenantDetail): readonly (readonly [string, string])[] {
  if (invitation === null) return [];
  return [['Invitation', invitationText(invitation, (at) => `${formatMinute(at)} UTC`)]];
}

/** What its mail has of its own; what is as configured for all is not mentioned. */
function mailLines({ senderName, replyTo, reconnectUrl }: TenantDetail): readonly (readonly [string, string])[] {
  const lines: readonly [string, string | null][] = [
    ['Mail from', senderName],
    ['Answers to', replyTo],
    ['Button to', reconnectUrl],
  ];
  return lines.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}

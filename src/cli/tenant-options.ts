import type { Command } from 'commander';
import { cronProblem } from '../domain/polling/schedule.ts';
import type { Checked, FieldProblem, InputRules, TenantFields } from '../monitoring/tenants/tenant-input.ts';
import { collect } from './arguments.ts';
import type { Cli } from './context.ts';
import { WrongUsage } from './failure.ts';
import { readSecret } from './read-secret.ts';

export type TenantOptions = Readonly<{
  externalId?: string;
  name?: string;
  owner?: string;
  /** False: none any more. */
  cc?: readonly string[] | false;
  timezone?: string;
  locale?: string;
  schedule?: string;
  application?: string;
  senderName?: string;
  replyTo?: string;
  reconnectUrl?: string;
  refreshToken?: string;
  accessToken?: string;
  expiresIn?: string;
}>;

export function withTenantOptions(command: Command): Command {
  return command
    .option('--name <name>', "the business's name, as it stands in the mail")
    .option('--external-id <id>', 'your own id of the tenant, which every command accepts; empty for none')
    .option('--owner <email>', 'who gets every mail')
    .option(
      '--cc <email>',
      'who also gets alerts, the last reminder and recoveries; may be given several times',
      collect,
    )
    .option(
      '--timezone <zone>',
      "such as America/New_York; reminders keep to its working hours. A new tenant's is its account's unless given",
    )
    .option('--locale <language>', "the mail's language, such as en-US")
    .option('--schedule <cron>', 'cron schedule of this tenant, in its time zone; "default" is POLL_SCHEDULE')
    .option(
      '--application <name>',
      'the application whose API key polls this tenant; "default" is the one of the configuration',
    )
    .option('--sender-name <name>', "the name its mail comes from, instead of MAIL_FROM's; empty for that one")
    .option('--reply-to <email>', "where its readers' answers go, instead of MAIL_REPLY_TO; empty for that one")
    .option('--reconnect-url <url>', "where its mail's button leads, instead of RECONNECT_URL; empty for that one")
    .option('--refresh-token <token>', 'from its authorisation; - reads stdin, @FILE a file')
    .option('--access-token <token>', 'the access token that came with it, if it still lives; - and @FILE too')
    .option('--expires-in <seconds>', 'how long the access token still lives');
}

export function inputRules(cli: Cli): InputRules {
  return { now: cli.now(), cronProblem };
}

/** The options as tenant fields; tokens are read from stdin or a file where the option says so. */
export async function fieldsOf(cli: Cli, options: TenantOptions): Promise<TenantFields> {
  const { refreshToken, accessToken, expiresIn, cc, ...texts } = options;
  if (refreshToken === '-' && accessToken === '-') {
    throw new WrongUsage(
      'Two tokens cannot both come from stdin.',
      'Write one of them to a file and name it as @FILE.',
    );
  }
  return {
    ...textsOf(texts),
    ...(cc !== undefined && { cc: cc === false ? [] : cc }),
    ...(refreshToken !== undefined && { refresh_token: await readSecret(cli, refreshToken, 'token') }),
    ...(accessToken !== undefined && { access_token: await readSecret(cli, accessToken, 'token') }),
    ...(expiresIn !== undefined && { expires_in: expiresIn }),
  };
}

export function checkedValue<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new WrongUsage(
    checked.problems.map(problemLine).join('\n'),
    'Nothing was changed. `--help` shows what belongs there.',
  );
}

function problemLine({ field, problem }: FieldProblem): string {
  return `--${field.replaceAll('_', '-')}: ${problem}`;
}

/** Commander also passes `json`, which is no tenant field. */
function textsOf({ externalId, name, owner, timezone, locale, schedule, application, ...mail }: TenantOptions) {
  const { senderName, replyTo, reconnectUrl } = mail;
  return {
    ...(externalId !== undefined && { external_id: externalId }),
    ...(name !== undefined && { name }),
    ...(owner !== undefined && { owner }),
    ...(timezone !== undefined && { timezone }),
    ...(locale !== undefined && { locale }),
    ...(schedule !== undefined && { schedule }),
    ...(application !== undefined && { application }),
    ...(senderName !== undefined && { sender_name: senderName }),
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(reconnectUrl !== undefined && { reconnect_url: reconnectUrl }),
  };
}

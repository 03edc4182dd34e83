import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { configuredBy, madeVariables } from '../../src/cli/configuration.ts';
import { openApplication } from '../../src/composition/open-application.ts';
import type { Application } from '../../src/monitoring/application.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import type { CaughtMail } from '../../src/sandbox/caught-mail.ts';
import { configOf, noFiles } from '../support/config-environment.ts';
import { type Child, startChild } from '../support/program-child.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { closePlaces, type Environment, environmentOf, openPlaces, type Places } from '../support/program-places.ts';
import { letTimePass } from '../support/program-time.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { type CountingWire, startCountingWire } from './counting-wire.ts';
import { restoreRows, saveRows } from './saved-rows.ts';

/** Where the program can be stopped: when an answer has been given, and before it has made anything of it. */
export type Place = 'statement' | 'http' | 'smtp';

/** Three accounts of which one has just been seen to be broken: one more round makes that certain, and mails it. */
export type BoundaryStage = Readonly<{
  places: Places;
  /** Since the program began. */
  mails: readonly CaughtMail[];
  wires: Readonly<Record<Exclude<Place, 'statement'>, CountingWire>>;
  /** The program from the beginning, with the rows as they were: `linkwatch poll`. */
  begin(statement?: Readonly<{ nth: number; signal: NodeJS.Signals }>): Promise<Child>;
  /** How many statements the last program had that came to its end. */
  statements(): number;
  /** A round, and the mail that is due, by another process. */
  round(): Promise<void>;
  letTimePass(ms: number): Promise<void>;
  close(): Promise<void>;
}>;

const TENANTS = 3;
const SAVED = 'suspect';

const settings: Environment = {
  POLL_SCHEDULE: '* * * * *',
  POLL_SPREAD: 'off',
  RECHECK_AFTER: '1s',
  GROUP_WAIT: '0s',
  REMIND_AFTER: 'off',
};

export async function openBoundaryStage(database: DatabaseName): Promise<BoundaryStage> {
  const mails: CaughtMail[] = [];
  const places = await openPlaces({ database, tenants: TENANTS, onMail: (mail) => mails.push(mail) });
  const wires = {
    http: await startCountingWire(places.sandbox.port),
    smtp: await startCountingWire(Number(new URL(places.smtp.smtpUrl).port)),
  };
  const direct = { ...environmentOf(places), ...settings };
  const watched = { ...environmentOf({ ...places, upstream: wires.http, mailRoute: wires.smtp }), ...settings };
  const countFile = join(places.folder, 'statements');
  const round = () => withApplication(direct, (app) => app.rounds.run(operator, wholeRound));
  await withApplication(direct, (app) => addTenants(app, places));
  await round();
  breakConnection(places.sandbox.control, tenantAt(places.sandbox.control, 0));
  await round();
  await letTimePass(places.database.raw, 1_000);
  await saveRows(places.database.raw, SAVED);
  return {
    places,
    mails,
    wires,
    begin: async (statement) => {
      await restoreRows(places.database.raw, SAVED);
      mails.splice(0);
      rmSync(countFile, { force: true });
      const preload = `--import=${new URL('stop-at-statement.ts', import.meta.url)} --disable-warning=ExperimentalWarning`;
      const stop = { STOP_AT: `${statement?.nth ?? 0}`, STOP_SIGNAL: statement?.signal ?? 'SIGKILL' };
      const env = { ...watched, ...stop, STOP_COUNT_FILE: countFile, NODE_OPTIONS: preload };
      return startChild(['poll', '--json'], { cwd: places.folder, env });
    },
    statements: () => Number(readFileSync(countFile, 'utf8')),
    round,
    letTimePass: (ms) => letTimePass(places.database.raw, ms),
    close: async () => {
      await Promise.all(Object.values(wires).map((wire) => wire.close()));
      await closePlaces(places);
    },
  };
}

const wholeRound = { tenants: 'all' } as const;

async function withApplication(env: Environment, work: (app: Application) => Promise<unknown>): Promise<void> {
  const config = configOf(env, { readFile: noFiles, purpose: 'poll' });
  const app = await openApplication(config, {
    use: 'command',
    database: 'created',
    configured: configuredBy(madeVariables(env)),
  });
  await work(app).finally(() => app.operations.close(operator));
}

async function addTenants(app: Application, { sandbox: { control } }: Places): Promise<void> {
  await app.tenants.add(
    operator,
    control.tenants().map(({ name, contactEmail, timeZone, tokens }) => ({
      name,
      timezone: timeZone,
      locale: 'en',
      schedule: null,
      contacts: [{ email: contactEmail, role: 'owner' as const }],
      grant: { accessToken: null, refreshToken: tokens.refreshToken, expiresAt: null, lifetimeMs: null },
    })),
  );
}

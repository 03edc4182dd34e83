import { errorText } from '../../domain/model/error-text.ts';
import type { DaemonRun, Operations } from '../application.ts';
import { pageById } from '../pages.ts';
import type {
  Clock,
  Configured,
  CopyRequest,
  DatabaseCopies,
  MailServerCheck,
  MoveRequest,
  NewId,
  PageRequest,
  Stores,
  Upstreams,
} from '../ports.ts';
import { readWorkers } from '../read-workers.ts';
import { forFleet, forOperator } from '../viewer.ts';
import type { DoctorCheck, MonitorView } from '../views.ts';
import { diagnose, type Findings } from './doctor.ts';
import { lackingKeys, rotateKeys } from './keys.ts';

export type OperationsPorts = Pick<Stores, 'secrets' | 'polls' | 'workers'> &
  Readonly<{
    readMonitor(): Promise<MonitorView>;
    runDaemon(run: DaemonRun): Promise<void>;
    close(): Promise<void>;
    configured: Pick<Configured, 'checks' | 'redact'>;
    upstreams: Pick<Upstreams, 'of' | 'applications'>;
    clock: Clock;
    newId: NewId;
    copies: DatabaseCopies;
    migrate(): Promise<readonly string[]>;
    /** Null, and nothing made, where there is no database of Linkwatch. */
    migrateExisting(): Promise<readonly string[] | null>;
    /** Throws where nothing can be stored. */
    tryWriting(): Promise<void>;
    /** The database for a person. */
    place: string;
    /** What of the database's files other users of this machine may look into; null for a server's. */
    exposedPlaces(): readonly string[] | null;
    /** False behind a pooler that gives each transaction another session. */
    hasOwnSessions(): Promise<boolean>;
    /** PUBLIC_URL. */
    publicUrl: string;
    tryPublicUrl(): Promise<Findings['publicAnswer']>;
    /** Null when no resolver answers. */
    readSenderRecords(): Promise<Findings['sender']>;
    hasEncryptionKey: boolean;
    hasMailServer: boolean;
    /** Whether the mail server would take a mail to the operator; none is sent. */
    tryMailServer(): Promise<MailServerCheck>;
    reachConstantContact(): Promise<Findings['constantContact']>;
  }>;

/** Linkwatch itself: run, examined, kept up to date. */
export function createOperations(ports: OperationsPorts): Operations {
  return {
    start: forOperator(ports.runDaemon),
    doctor: forFleet('operate', () => doctor(ports)),
    monitor: forFleet('read', () => ports.readMonitor()),
    workers: forFleet('read', async (page: PageRequest) => pageById(await readWorkers(ports), page)),
    rotateKeys: forOperator((onProgress: (done: number, total: number) => void) => rotateKeys(ports, onProgress)),
    migrate: forOperator(ports.migrate),
    backUp: forOperator((request: CopyRequest) => ports.copies.backUp({ ...request, now: ports.clock.now() })),
    restore: forOperator(async (request: CopyRequest) => {
      const done = await ports.copies.restore({ ...request, now: ports.clock.now(), holdId: ports.newId() });
      // The copy is in place by now: whatever fails here, the answer says so.
      const uses = await ports.secrets.keysInUse().catch(() => []);
      return { ...done, lackingKeys: lackingKeys(uses) };
    }),
    move: forOperator((request: MoveRequest) => ports.copies.move(request)),
    close: forOperator(ports.close),
  };
}

/** What is found of the configuration, and then of each part. No library's message lets a secret out. */
async function doctor(ports: OperationsPorts): Promise<readonly DoctorCheck[]> {
  const { checks, redact } = ports.configured;
  const found = [...checks(), ...diagnose(await examine(ports))];
  return found.map((check) => ({ ...check, detail: redact(check.detail) }));
}

/**
 * Tries each part by itself: each must work, or say why not, when the others do not. Whoever asks waits for the
 * slowest.
 */
async function examine(ports: OperationsPorts): Promise<Findings> {
  const { hasMailServer, place, publicUrl } = ports;
  const [mail, publicAnswer, sender, constantContact, ofDatabase] = await Promise.all([
    hasMailServer ? ports.tryMailServer() : null,
    ports.tryPublicUrl(),
    hasMailServer ? ports.readSenderRecords() : null,
    ports.reachConstantContact(),
    examineDatabase(ports),
  ]);
  return { place, publicUrl, mail, publicAnswer, sender, constantContact, ...ofDatabase };
}

async function examineDatabase(ports: OperationsPorts) {
  const database = await tryDatabase(ports).catch((error: unknown) => ({ ...problemOf(error), isMissing: false }));
  const hasOwnSessions = database.ok ? await ports.hasOwnSessions().catch(() => null) : null;
  const exposed = database.ok ? ports.exposedPlaces() : null;
  return { database, hasOwnSessions, exposed, ...(database.ok ? await examineWork(ports) : NOTHING_EXAMINED) };
}

type WorkFindings = Pick<Findings, 'tokens' | 'clients' | 'schedules' | 'monitor' | 'workers'>;

/** What needs a database that works: the limit of the token endpoint is kept there as well. */
async function examineWork(ports: OperationsPorts): Promise<WorkFindings> {
  return {
    tokens: ports.hasEncryptionKey ? await tryKeys(ports).catch(() => null) : null,
    clients: await tryClients(ports),
    schedules: await ports.polls.schedules().catch(() => null),
    monitor: await ports.readMonitor(),
    workers: await readWorkers(ports).catch(() => null),
  };
}

const NOTHING_EXAMINED: WorkFindings = { tokens: null, clients: [], schedules: null, monitor: null, workers: null };

/** Makes none where there is none: a mistyped DATABASE_URL would else look like a new one. */
async function tryDatabase({ migrateExisting, tryWriting }: OperationsPorts): Promise<Findings['database']> {
  if ((await migrateExisting()) === null) {
    return { ok: false, problem: 'there is no database of Linkwatch yet', isMissing: true };
  }
  await tryWriting();
  return { ok: true };
}

/** Null where nothing is stored. */
async function tryKeys({ secrets }: OperationsPorts): Promise<Findings['tokens']> {
  const uses = await secrets.keysInUse();
  const problem = lackingKeys(uses);
  if (uses.length === 0) return null;
  return problem === null ? { ok: true } : { ok: false, problem };
}

/** The key and the secret of each application. */
async function tryClients({ upstreams }: OperationsPorts): Promise<Findings['clients']> {
  const tried: Findings['clients'][number][] = [];
  for (const { id, name, clientId } of await upstreams.applications()) {
    const client = clientId === '' ? null : await tryClient(id, upstreams).catch(problemOf);
    tried.push({ isConfigured: id === null, name, client });
  }
  return tried;
}

async function tryClient(id: string | null, upstreams: OperationsPorts['upstreams']) {
  const { constantContact } = await upstreams.of(id);
  const failure = await constantContact.checkClient();
  if (failure === null) return { ok: true } as const;
  return { ok: false, problem: failure.detail, isUntried: UNTRIED.some((kind) => kind === failure.kind) } as const;
}

/** How an answer of the token endpoint fails without a word about key and secret. */
const UNTRIED = ['timeout', 'dns', 'tls', 'connection', 'server', 'throttled', 'quota_exceeded'] as const;

function problemOf(error: unknown) {
  return { ok: false, problem: errorText(error) } as const;
}

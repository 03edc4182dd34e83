/** Why something of the command line is not there over HTTP. */
type Reason = Readonly<{ reason: string }>;

/**
 * The operations that do the same; and for each option, and each argument, the parameter, the field of a body, the type or
 * the field (`answer.NAME`) of an answer that stands for it.
 */
type Twin = Readonly<{ operations: readonly string[]; options?: Readonly<Record<string, string | Reason>> }>;

const tenantFields = {
  '--name': 'name',
  '--external-id': 'externalId',
  '--owner': 'owner',
  '--cc': 'cc',
  '--timezone': 'timezone',
  '--locale': 'locale',
  '--schedule': 'schedule',
  '--sender-name': 'senderName',
  '--reply-to': 'replyTo',
  '--reconnect-url': 'reconnectUrl',
  '--refresh-token': 'refreshToken',
  '--access-token': 'accessToken',
  '--expires-in': 'expiresIn',
  '--application': 'application',
};
const applicationFields = {
  '--name': 'name',
  '--client-id': 'clientId',
  '--client-secret': 'clientSecret',
  '--reserve': 'reserve',
  '--requests-per-second': 'requestsPerSecond',
  '--requests-per-day': 'requestsPerDay',
  '--token-requests-per-second': 'tokenRequestsPerSecond',
};
const mailSelection = { '<id>': 'ids', '--tenant': 'tenantId', '--all': 'all' };
const byId = (operation: string): Twin => ({ operations: [operation], options: { '<id>': 'id' } });

/** Every command by its name. A new one, and a new option, fails the test until it stands here. */
export const parity: Readonly<Record<string, Twin | Reason>> = {
  demo: { reason: 'It starts a fleet, a mail catcher and a daemon of its own where it is typed.' },
  start: { reason: 'It is the process that answers over HTTP.' },
  health: { reason: 'It asks GET /readyz, which anyone may ask.' },
  config: {
    reason:
      'The variables belong to the machine, and show where its servers are. What is wrong with them, the doctor says.',
  },
  open: {
    reason: 'The link signs in with the rights of whoever works on the machine. A key signs in at /sign-in as itself.',
  },
  'key new': { reason: 'It asks nothing of Linkwatch, and an encryption key has no business on a network.' },
  'key rotate': {
    reason: 'The keys stand in the environment of every process, so whoever rotates them works on the machine.',
  },
  'db migrate': { reason: 'The daemon has brought the tables up to date before it answers.' },
  'db backup': { reason: 'The copy is a file on the machine of whoever makes it.' },
  'db restore': { reason: 'No daemon may be at work meanwhile, so nobody would answer.' },
  'db move': { reason: 'No daemon may be at work meanwhile, so nobody would answer.' },
  doctor: { operations: ['examineMonitor'] },
  workers: { operations: ['listWorkers'] },
  plan: {
    operations: ['showPlan'],
    options: { '--tenants': 'tenants', '--schedule': 'schedule', '--application': 'application' },
  },
  status: {
    operations: ['showMonitor', 'listTenants', 'showTenant', 'listConnections'],
    options: { '--tenant': 'id', '--at': 'at', '--health': 'health', '--search': 'q' },
  },
  poll: {
    operations: ['pollTenant', 'actOnTenants'],
    options: { '--tenant': 'ids', '--due': { reason: 'The daemon that answers polls whatever is due by itself.' } },
  },
  connect: {
    operations: ['inviteOwner', 'inviteNewOwner'],
    options: {
      '--invite': 'email',
      '--tenant': 'id',
      '--name': 'name',
      '--locale': 'locale',
      '--application': 'application',
      '--device': { reason: 'The code is for somebody at the terminal, who is also asked whether it is the account.' },
      '--port': { reason: 'The browser that it waits for runs on the same machine as the command.' },
      '--owner': { reason: 'Who is invited is the owner; the option is for whoever signs in at this machine.' },
    },
  },
  'tenant add': { operations: ['addTenant'], options: tenantFields },
  'tenant list': { operations: ['listTenants'], options: { '--health': 'health', '--search': 'q' } },
  'tenant show': { operations: ['showTenant'], options: { '<tenant>': 'id' } },
  'tenant update': {
    operations: ['changeTenant'],
    options: { ...tenantFields, '<tenant>': 'id', '--no-cc': 'cc' },
  },
  'tenant pause': { operations: ['actOnTenants'], options: { '<tenant>': 'ids' } },
  'tenant resume': { operations: ['actOnTenants'], options: { '<tenant>': 'ids' } },
  'tenant remove': { operations: ['removeTenant'], options: { '<tenant>': 'id', '--purge': 'purge' } },
  'tenant import': {
    operations: ['importTenants'],
    options: { '<file>': 'text/csv', '--update': 'update', '--check': 'check' },
  },
  'tenant export': { operations: ['exportTenants'], options: { '--format': 'Accept: text/csv' } },
  history: {
    operations: ['showTenantHistory', 'showConnectionHistory', 'listHistory'],
    options: {
      '<tenant>': 'id',
      '--connection': 'id',
      '--from': 'from',
      '--to': 'to',
      '--csv': 'Accept: text/csv',
      '--bom': { reason: 'The mark is for a file that Excel opens; whoever writes the file puts it there.' },
    },
  },
  incidents: { operations: ['listIncidents'], options: { '--tenant': 'tenantId', '--state': 'state' } },
  'incident show': byId('showIncident'),
  'incident ack': byId('acknowledgeIncident'),
  'incident snooze': { operations: ['snoozeIncident'], options: { '<id>': 'id', '--for': 'for' } },
  'incident close': byId('closeIncident'),
  explain: { operations: ['explainTenant', 'explainContact'], options: { '<who>': 'address', '--from': 'from' } },
  'mail list': {
    operations: ['listMail'],
    options: { '--tenant': 'tenantId', '--state': 'state', '--limit': 'limit' },
  },
  'mail show': { operations: ['showMail'], options: { '<id>': 'id', '--html': 'answer.html' } },
  'mail preview': {
    operations: ['previewMail'],
    options: { '<kind>': 'kind', '--locale': 'locale', '--html': 'Accept: text/html', '--text': 'Accept: text/plain' },
  },
  'mail test': { operations: ['testMail'], options: { '<address>': 'to' } },
  'mail hold': { operations: ['holdMail'], options: mailSelection },
  'mail release': { operations: ['releaseMail'], options: mailSelection },
  'mail discard': { operations: ['discardMail'], options: mailSelection },
  'mail bounce': { operations: ['recordBounce'] },
  replay: {
    operations: ['replay'],
    options: { '--from': 'from', '--to': 'to', '--tenant': 'tenantIds', '--set': 'settings' },
  },
  audit: {
    operations: ['listAudit'],
    options: {
      '--tenant': 'tenantId',
      '--actor': 'actor',
      '--action': 'action',
      '--from': 'from',
      '--to': 'to',
      '--limit': 'limit',
    },
  },
  'application add': { operations: ['addApplication'], options: applicationFields },
  'application list': { operations: ['listApplications', 'showApplication'] },
  'application update': {
    operations: ['changeApplication'],
    options: { ...applicationFields, '<application>': 'id', '--no-client-secret': 'clientSecret' },
  },
  'application remove': { operations: ['removeApplication'], options: { '<application>': 'id' } },
  'api-key create': {
    operations: ['createApiKey'],
    options: { '--tenant': 'tenantId', '--role': 'role', '--name': 'name', '--expires': 'expiresAt' },
  },
  'api-key list': { operations: ['listApiKeys'] },
  'api-key revoke': { operations: ['revokeApiKey'], options: { '<id>': 'id' } },
  'webhook add': {
    operations: ['addWebhook'],
    options: { '--url': 'url', '--tenant': 'tenantId', '--events': 'types' },
  },
  'webhook list': { operations: ['listWebhooks'] },
  'webhook show': {
    operations: ['showWebhook', 'listWebhookAttempts'],
    options: { '<id>': 'id', '--event': 'eventId', '--limit': 'limit' },
  },
  'webhook test': byId('testWebhook'),
  'webhook enable': byId('changeWebhook'),
  'webhook disable': byId('changeWebhook'),
  'webhook remove': byId('removeWebhook'),
  'webhook redeliver': {
    operations: ['redeliverWebhook'],
    options: { '<id>': 'id', '--event': 'eventId', '--failed': 'failed', '--since': 'since' },
  },
  'webhook rotate': byId('rotateWebhook'),
};

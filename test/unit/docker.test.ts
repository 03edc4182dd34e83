import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { variables } from '../../src/config/variables.ts';
import { workerRoles } from '../../src/domain/model/worker.ts';
import { composed } from '../support/compose-files.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

const nodeVersion = JSON.parse(textOf('package.json')).dependencies.node;

type Instruction = Readonly<{ name: string; rest: string }>;

/** The stages of the Dockerfile, each with its instructions; continued lines are one. */
const stages = textOf('docker/Dockerfile')
  .replaceAll(/^\s*#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split(/^(?=FROM )/m)
  .filter((stage) => stage.startsWith('FROM '))
  .map((stage) => stage.split('\n').filter((line) => line.trim() !== ''))
  .map((lines) => lines.map(instructionOf));

function instructionOf(line: string): Instruction {
  return { name: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) };
}

const image = stages.at(-1) ?? [];
const the = (name: string) => image.filter((each) => each.name === name).map(({ rest }) => rest);

describe('docker/Dockerfile', () => {
  it('builds in a stage of its own, on the Node.js that the project is tested with, by its exact version', () => {
    expect(stages).toHaveLength(2);
    for (const [from] of stages) {
      expect(from?.rest).toMatch(new RegExp(`^node:${nodeVersion}-\\w+-slim( AS packages)?$`));
    }
  });

  it('installs without dev packages', () => {
    const installs = stages.flat().filter(({ rest }) => rest.includes('npm '));
    expect(installs.map(({ rest }) => rest.includes('npm ci --omit=dev --ignore-scripts'))).toEqual([true]);
  });

  it('does not run as root, and names the user by number', () => {
    expect(the('USER')).toEqual(['1000:1000']);
    const steps = image.map(({ name }) => name);
    expect(steps.indexOf('USER')).toBeGreaterThan(steps.lastIndexOf('COPY'));
  });

  it('runs everything in exec form, so that signals arrive', () => {
    const healthcheck = the('HEALTHCHECK').map((text) => text.replace(/^.* CMD /, ''));
    const forms = [...the('ENTRYPOINT'), ...the('CMD'), ...healthcheck].map((text) => JSON.parse(text));
    expect(forms).toEqual([
      ['node', '--', '/app/src/launcher/start.js'],
      ['start'],
      ['node', '--', '/app/src/launcher/start.js', 'health'],
    ]);
    expect(the('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  it('copies what is there, and what .dockerignore lets through', () => {
    const copied = stages
      .flat()
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const allowed = textOf('.dockerignore').match(/(?<=^!).*/gm) ?? [];
    const letThrough = copied.map((path) => allowed.find((each) => path === each || path.startsWith(`${each}/`)));
    expect([...new Set(letThrough)].toSorted()).toEqual(allowed.toSorted());
    expect(textOf('.dockerignore')).toMatch(/^\*$/m);
  });

  it('sets no variable that is none of ours', () => {
    const names = the('ENV').flatMap((text) => [...text.matchAll(/(\w+)=/g)].map(([, name]) => name));
    expect(names.filter((name) => !Object.hasOwn(variables, name ?? ''))).toEqual(['NODE_ENV', 'LINKWATCH_HOME']);
  });
});

/** Each as it is started: the file alone, or together with the files that it adds to. */
const started = {
  'docker/compose.yaml': ['compose.yaml'],
  'docker/compose.postgresql.yaml': ['compose.postgresql.yaml'],
  'docker/compose.workers.yaml': ['compose.postgresql.yaml', 'compose.monitoring.yaml', 'compose.workers.yaml'],
};

describe.each(Object.entries(started))('%s', (file, files) => {
  const { services, volumes, secrets, networks } = composed(files);
  const all = Object.values(services);
  const daemons = all.filter(({ image }) => image === 'linkwatch');

  it('names the files that it is started with', () => {
    const paths = files.map((name) => `docker/${name}`);
    const ways = [`export COMPOSE_FILE=${paths.join(':')}\n`, `docker compose -f ${paths.join(' -f ')} up -d`];
    expect(ways.filter((way) => textOf(file).includes(way))).toHaveLength(1);
  });

  it('hardens every daemon, and gives it the time to finish', () => {
    expect(daemons.length).toBeGreaterThan(0);
    for (const daemon of daemons) {
      expect(daemon).toMatchObject({
        build: { context: '..', dockerfile: 'docker/Dockerfile' },
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(daemon.tmpfs).toContain('/tmp');
      expect(Number.parseInt(daemon.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(20);
    }
  });

  it('lets in this machine alone, and each of its ports to one service', () => {
    // The rest is a reverse proxy's work.
    const ports = all.flatMap((service) => service.ports ?? []);
    expect(ports).toContain('127.0.0.1:8080:8080');
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(new Set(ports.map((port) => port.split(':')[1])).size).toBe(ports.length);
  });

  it('lets no service gain privileges', () => {
    for (const service of all) expect(service).toMatchObject({ security_opt: ['no-new-privileges:true'] });
  });

  it('gives daemons only variables that there are, with values that they take', () => {
    for (const [name, text] of daemons.flatMap(({ environment = {} }) => Object.entries(environment))) {
      const variable = Object.entries(variables).find(([each]) => each === name.replace(/_FILE$/, ''))?.[1];
      expect([name, variable === undefined]).toEqual([name, false]);
      if (!name.endsWith('_FILE') && text !== '') expect(variable?.parse(text)).toMatchObject({ ok: true });
    }
  });

  it('declares every volume, secret and network that it uses, and uses every one', () => {
    const used = (key: 'networks' | 'secrets' | 'volumes') => [
      ...new Set(all.flatMap((service) => service[key] ?? [])),
    ];
    const named = used('volumes').filter((volume) => !volume.startsWith('./'));
    expect(named.map((volume) => volume.split(':', 1)[0]).toSorted()).toEqual(Object.keys(volumes).toSorted());
    expect(used('secrets').toSorted()).toEqual(Object.keys(secrets).toSorted());
    const others = used('networks').filter((name) => name !== 'default');
    expect(others.toSorted()).toEqual(Object.keys(networks).toSorted());
  });

  it('pins the images that it does not build', () => {
    const others = all.filter(({ build }) => build === undefined);
    expect(others.filter(({ image: name }) => !/:v?\d+\.\d+/.test(name))).toEqual([]);
  });
});

describe('docker/compose.postgresql.yaml', () => {
  const { services, secrets } = composed(started['docker/compose.postgresql.yaml']);

  it('waits for a healthy database', () => {
    expect(services.linkwatch?.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(services.database?.healthcheck?.test).toContain('pg_isready');
  });

  it('has every secret in a file that docker/make-secrets.sh writes, and none in the text', () => {
    const script = textOf('docker/make-secrets.sh');
    for (const [name, { file }] of Object.entries(secrets)) {
      expect(file).toBe(`./secrets/${name}`);
      expect(script).toContain(`> "$folder/${name}"`);
    }
    expect(textOf('docker/compose.postgresql.yaml')).not.toMatch(/password: |PASSWORD: /i);
  });
});

describe('docker/compose.workers.yaml', () => {
  const { services } = composed(started['docker/compose.workers.yaml']);
  const { linkwatch, worker, mail } = services;

  it('has two workers that differ in the kinds of work and the port alone', () => {
    expect({ ...linkwatch, command: worker?.command, ports: undefined }).toEqual(worker);
    expect(worker?.secrets).toEqual(expect.arrayContaining(['database_url', 'encryption_key']));
    expect(worker?.ports).toBeUndefined();
  });

  it('loses no kind of work with either of them, but the pages', () => {
    expect(linkwatch?.command).toBeUndefined();
    const [start, only, roles] = worker?.command ?? [];
    expect([start, only]).toEqual(['start', '--only']);
    expect(roles?.split(',')).toEqual(workerRoles.filter((role) => role !== 'http'));
  });

  it('sends all mail to the catcher, which keeps nothing and is as hardened', () => {
    const address = new URL(linkwatch?.environment?.SMTP_URL ?? '');
    expect([address.hostname, address.port]).toEqual(['mail', '1025']);
    expect(mail).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'], user: '1000:1000' });
    expect([mail?.healthcheck?.test, mail?.volumes]).toEqual([['CMD', '/mailpit', 'readyz'], undefined]);
  });

  it('has every daemon scraped, on the port where it listens, and nothing else', () => {
    const { scrape_configs: scrapes } = parse(textOf('docker/monitoring/prometheus.yaml'));
    const [{ static_configs: fixed, dns_sd_configs: found }] = scrapes;
    const targets = [
      ...fixed.flatMap((each: { targets: string[] }) => each.targets),
      ...found.flatMap(({ names, port }: { names: string[]; port: number }) => names.map((name) => `${name}:${port}`)),
    ];
    const daemons = Object.entries(services).filter(([, { image: name }]) => name === 'linkwatch');
    const listening = daemons.map(([name, { environment = {} }]) => `${name}:${environment.HTTP_PORT}`);
    expect(targets.toSorted()).toEqual(listening.toSorted());
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { variables } from '../../src/config/variables.ts';

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
      ['node', '--', '/app/src/main.ts'],
      ['start'],
      ['node', '--', '/app/src/main.ts', 'health'],
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

describe.each(['docker/compose.yaml', 'docker/compose.postgresql.yaml'])('%s', (file) => {
  const { services, volumes = {}, secrets = {}, networks = {} } = parse(textOf(file));
  const { linkwatch } = services;

  it('hardens the daemon, and gives it the time to finish', () => {
    expect(linkwatch).toMatchObject({
      build: { context: '..', dockerfile: 'docker/Dockerfile' },
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(linkwatch.tmpfs).toContain('/tmp');
    expect(Number.parseInt(linkwatch.stop_grace_period, 10)).toBeGreaterThanOrEqual(20);
    // Only this machine reaches it: the rest is a reverse proxy's work.
    expect(linkwatch.ports).toEqual(['127.0.0.1:8080:8080']);
  });

  it('sets only variables that there are', () => {
    const names = Object.keys(linkwatch.environment).map((name) => name.replace(/_FILE$/, ''));
    expect(names.filter((name) => !Object.hasOwn(variables, name))).toEqual([]);
  });

  it('declares every volume, secret and network that it uses, and uses every one', () => {
    const all = Object.values(services) as Record<string, string[] | undefined>[];
    const used = (key: string) => all.flatMap((service) => service[key] ?? []);
    const named = used('volumes').map((volume) => volume.split(':', 1)[0]);
    expect([...new Set(named)].sort()).toEqual(Object.keys(volumes).sort());
    expect([...new Set(used('secrets'))].sort()).toEqual(Object.keys(secrets).sort());
    expect([...new Set(used('networks'))].filter((name) => name !== 'default').sort()).toEqual(
      Object.keys(networks).sort(),
    );
  });

  it('pins the images that it does not build', () => {
    const others = Object.values(services as Record<string, { image: string; build?: object }>).filter(
      ({ build }) => build === undefined,
    );
    expect(others.filter(({ image: name }) => !/:\d+\.\d+/.test(name))).toEqual([]);
  });
});

describe('docker/compose.postgresql.yaml', () => {
  const { services, secrets } = parse(textOf('docker/compose.postgresql.yaml'));

  it('waits for a healthy database', () => {
    expect(services.linkwatch.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(services.database.healthcheck.test).toContain('pg_isready');
  });

  it('has every secret in a file that docker/make-secrets.sh writes, and none in the text', () => {
    const script = textOf('docker/make-secrets.sh');
    for (const [name, { file }] of Object.entries(secrets as Record<string, { file: string }>)) {
      expect(file).toBe(`./secrets/${name}`);
      expect(script).toContain(`> "$folder/${name}"`);
    }
    expect(textOf('docker/compose.postgresql.yaml')).not.toMatch(/password: |PASSWORD: /i);
  });
});

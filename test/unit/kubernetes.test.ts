import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DRAIN_MS } from '../../src/composition/ending.ts';
import { loadConfig } from '../../src/config/config.ts';
import { variables } from '../../src/config/variables.ts';
import { workerRoles } from '../../src/domain/model/worker.ts';
import { kubernetesObjects, objectsOf } from '../support/kubernetes-files.ts';

const root = join(import.meta.dirname, '../..');
const deployments = objectsOf('Deployment');
const pods = objectsOf('Deployment', 'Job').map(({ metadata, spec }) => ({ name: metadata.name, ...spec.template }));
const containers = pods.flatMap(({ spec }) => spec.containers);
const [config] = objectsOf('ConfigMap');
const [secret] = objectsOf('Secret');

/** Where the Secret is mounted. */
const SECRETS = '/run/secrets/linkwatch';
const MEBIBYTES = /^(\d+)Mi$/;

describe('docker/kubernetes', () => {
  it('has workers, pages, a migration, what keeps them, and one image for all', () => {
    expect(kubernetesObjects.map(({ kind }) => kind).toSorted()).toEqual(
      [
        'ConfigMap',
        'Deployment',
        'Deployment',
        'Job',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'PodDisruptionBudget',
        'Secret',
        'Service',
      ].toSorted(),
    );
    const images = new Set(containers.map(({ image }) => image));
    expect([...images]).toEqual([expect.stringMatching(/^[\w.]+\/linkwatch:\d+\.\d+\.\d+$/)]);
    expect(objectsOf('Job').flatMap(({ spec }) => spec.template.spec.containers.map(({ args }) => args))).toEqual([
      ['db', 'migrate'],
    ]);
  });

  it.each(pods)('gives $name no right that it does not need', ({ spec }) => {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const container of spec.containers) {
      expect(container).toMatchObject({
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      });
    }
  });

  it.each(pods)('gives $name a place to write, its secrets to read, and memory', ({ spec }) => {
    expect(spec.volumes).toMatchObject([
      { name: 'tmp', emptyDir: {} },
      { name: 'secrets', secret: { secretName: secret?.metadata.name, defaultMode: 0o440 } },
    ]);
    for (const { volumeMounts, resources } of spec.containers) {
      expect(volumeMounts).toEqual([
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'secrets', mountPath: SECRETS, readOnly: true },
      ]);
      const [asked, most] = [resources.requests, resources.limits].map(({ memory }) => MEBIBYTES.exec(memory)?.[1]);
      expect(Number(most)).toBeGreaterThanOrEqual(Number(asked));
      expect(resources.limits.cpu).toBeUndefined();
    }
  });

  it('sets variables that there are, in one place, and they are a configuration', () => {
    const name = config?.metadata.name;
    for (const { env, envFrom } of containers) {
      expect([env, envFrom]).toEqual([undefined, [{ configMapRef: { name } }]]);
    }
    const names = Object.keys(config?.data ?? {});
    expect(names.filter((each) => !Object.hasOwn(variables, each.replace(/_FILE$/, '')))).toEqual([]);
    const filledIn = { ...config?.data, CONSTANT_CONTACT_CLIENT_ID: 'a-key' };
    const loaded = loadConfig(filledIn, { readFile: readSecret, purpose: 'start', isTerminal: false });
    expect(loaded).toMatchObject({ ok: true });
  });

  it('has every secret in the Secret, empty, and each is read', () => {
    const paths = Object.keys(secret?.stringData ?? {}).map((name) => [`${name}_FILE`, `${SECRETS}/${name}`]);
    const read = Object.entries(config?.data ?? {}).filter(([name]) => name.endsWith('_FILE'));
    expect(read.toSorted()).toEqual(paths.toSorted());
    expect(Object.values(secret?.stringData ?? {}).filter((text) => text !== '')).toEqual([]);
  });

  it('leaves no kind of work undone, nor to one pod alone', () => {
    const roles = deployments.flatMap(({ spec }) => spec.template.spec.containers.map(({ args }) => args));
    expect(roles.map(([start, only]) => [start, only])).toEqual(roles.map(() => ['start', '--only']));
    expect(roles.flatMap(([, , only = '']) => only.split(',')).toSorted()).toEqual(workerRoles.toSorted());
    for (const { spec } of deployments) expect(spec.replicas).toBeGreaterThanOrEqual(2);
  });

  it('probes what the program answers, on the port of the image', () => {
    const routes = readFileSync(join(root, 'src/http/create-server.ts'), 'utf8').match(/(?<=server\.get\(')[^']+/g);
    const [, port] = /HTTP_PORT=(\d+)/.exec(readFileSync(join(root, 'docker/Dockerfile'), 'utf8')) ?? [];
    for (const container of deployments.flatMap(({ spec }) => spec.template.spec.containers)) {
      const { startupProbe, livenessProbe, readinessProbe } = container;
      const probed = [startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet);
      expect(probed.map((get) => get?.path)).toEqual(['/livez', '/livez', '/readyz']);
      expect(routes).toEqual(expect.arrayContaining(['/livez', '/readyz']));
      expect(new Set(probed.map((get) => get?.port))).toEqual(new Set(['http']));
      expect(container.ports).toEqual([{ name: 'http', containerPort: Number(port) }]);
      // Readiness answers within 3 s, whatever hangs.
      expect(readinessProbe?.timeoutSeconds).toBeGreaterThan(3);
    }
    expect(objectsOf('NetworkPolicy').map(({ spec }) => spec.ingress)).toEqual([
      [{ ports: [{ protocol: 'TCP', port: Number(port) }] }],
    ]);
  });

  it('gives a stop longer than the program takes for it', () => {
    for (const { spec } of deployments) {
      const { terminationGracePeriodSeconds: grace = 0, containers: stopped } = spec.template.spec;
      const before = Math.max(...stopped.map(({ lifecycle }) => lifecycle?.preStop.sleep.seconds ?? 0));
      expect(grace).toBeGreaterThanOrEqual(30);
      expect((grace - before) * 1000).toBeGreaterThan(DRAIN_MS + 2_000);
    }
  });

  it('keeps all but one pod of a kind through a disruption, and sends people to the pages alone', () => {
    const labels = deployments.map(({ spec }) => spec.template.metadata.labels);
    expect(deployments.map(({ spec }) => spec.selector.matchLabels)).toEqual(labels);
    const budgets = objectsOf('PodDisruptionBudget').map(({ spec }) => [
      spec.maxUnavailable,
      spec.selector.matchLabels,
    ]);
    expect(budgets).toEqual(labels.map((each) => [1, each]));
    const [service] = objectsOf('Service');
    const pages = deployments.find(({ spec }) => spec.template.spec.containers[0]?.args.includes('http'));
    expect(service?.spec.selector).toEqual(pages?.spec.template.metadata.labels);
    expect(service?.spec.ports).toMatchObject([{ targetPort: 'http' }]);
  });

  it('holds every pod to the rules of the network', () => {
    const rules = objectsOf('NetworkPolicy').flatMap(({ spec }) => Object.entries(spec.podSelector.matchLabels));
    for (const { metadata } of pods) expect(Object.entries(metadata.labels)).toEqual(expect.arrayContaining(rules));
  });
});

/** As an operator would fill the Secret in. */
function readSecret(path: string): string {
  const filled: Readonly<Record<string, string>> = {
    DATABASE_URL: 'postgresql://linkwatch:secret@database:5432/linkwatch',
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    CONSTANT_CONTACT_CLIENT_SECRET: 'the-secret-of-the-application',
    SMTP_URL: 'smtp://user:password@mail.example.com:587',
  };
  return filled[path.replace(`${SECRETS}/`, '')] ?? '';
}

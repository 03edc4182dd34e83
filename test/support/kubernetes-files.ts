import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const folder = join(import.meta.dirname, '../../docker/kubernetes');

type Probe = Readonly<{ httpGet: Readonly<{ path: string; port: string }>; timeoutSeconds?: number }>;

export type Container = Readonly<{
  image: string;
  args: readonly string[];
  env?: readonly Readonly<{ name: string }>[];
  envFrom: readonly unknown[];
  ports?: readonly Readonly<{ name: string; containerPort: number }>[];
  lifecycle?: Readonly<{ preStop: Readonly<{ sleep: Readonly<{ seconds: number }> }> }>;
  resources: Readonly<Record<'requests' | 'limits', Readonly<{ cpu?: string; memory: string }>>>;
  volumeMounts: readonly Readonly<{ name: string; mountPath: string; readOnly?: boolean }>[];
}> &
  Readonly<Partial<Record<'startupProbe' | 'livenessProbe' | 'readinessProbe', Probe>>>;

type PodSpec = Readonly<{
  containers: readonly Container[];
  terminationGracePeriodSeconds?: number;
  volumes: readonly Readonly<{ name: string; emptyDir?: object; secret?: Readonly<{ secretName: string }> }>[];
}>;

type Labels = Readonly<Record<string, string>>;

export type KubernetesObject = Readonly<{
  kind: string;
  metadata: Readonly<{ name: string }>;
  data?: Readonly<Record<string, string>>;
  stringData?: Readonly<Record<string, string>>;
  spec: Readonly<{
    replicas: number;
    selector: Labels & Readonly<{ matchLabels: Labels }>;
    podSelector: Readonly<{ matchLabels: Labels }>;
    maxUnavailable: number;
    ports: readonly Readonly<{ targetPort: string }>[];
    ingress: readonly Readonly<{ ports: readonly Readonly<{ port: number }>[] }>[];
    template: Readonly<{ metadata: Readonly<{ labels: Labels }>; spec: PodSpec }>;
  }>;
}>;

/** Every object of docker/kubernetes/. */
export const kubernetesObjects: readonly KubernetesObject[] = readdirSync(folder).flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS()),
);

export function objectsOf(...kinds: readonly string[]): readonly KubernetesObject[] {
  return kubernetesObjects.filter(({ kind }) => kinds.includes(kind));
}

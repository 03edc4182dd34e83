import type { FastifyInstance } from 'fastify';

export type DashboardRoute = Readonly<{ method: 'GET' | 'POST'; path: string }>;

/** What is no page of the dashboard begins so. */
const others = ['/livez', '/readyz', '/o/', '/openapi.json', '/connect', '/favicon.ico', '/docs', '/api/', '/assets/'];

/** Every page and every form of the dashboard, as the server itself knows them: a new one is among them. */
export function dashboardRoutes(server: Pick<FastifyInstance, 'printRoutes'>): readonly DashboardRoute[] {
  const above: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line): readonly DashboardRoute[] => {
      const [, indent, label, methods] = /^(.*?)[└├]── (\S+) \((.*)\)$/.exec(line) ?? [];
      if (indent === undefined || label === undefined || methods === undefined) return [];
      const depth = indent.length / 4;
      const path = depth === 0 ? label : `${above[depth - 1]}${label}`;
      above[depth] = path;
      if (others.some((other) => path.startsWith(other))) return [];
      return (['GET', 'POST'] as const)
        .filter((method) => methods.split(', ').includes(method))
        .map((method) => ({ method, path }));
    });
}

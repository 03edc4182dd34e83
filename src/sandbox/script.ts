import type { WireConnection } from './wire-format.ts';

export const routes = ['connections', 'profiles', 'account', 'privileges', 'token'] as const;
export type Route = (typeof routes)[number];

/** A scripted answer in place of the usual one; each may be delayed. */
export type ScriptedAnswer = Readonly<{ delayMs?: number }> &
  (
    | Readonly<{ kind: 'usual' }>
    /** Another list than the tenant's own. Entries may be malformed on purpose. */
    | Readonly<{ kind: 'connections'; connections: readonly WireConnection[] }>
    /** The documented body of that status, or `body`. */
    | Readonly<{ kind: 'status'; status: number; body?: unknown; headers?: Readonly<Record<string, string>> }>
    /** Any bytes, with 200 unless `status` says otherwise. */
    | Readonly<{ kind: 'raw'; body: string; status?: number; headers?: Readonly<Record<string, string>> }>
    | Readonly<{ kind: 'throttled' | 'quota_exceeded' }>
    /** Never answers. */
    | Readonly<{ kind: 'hang' }>
    /** Resets the connection: before a byte is sent, or in the middle of the body. */
    | Readonly<{ kind: 'reset'; midBody?: boolean }>
    /** 200 with half a JSON document, correctly framed. */
    | Readonly<{ kind: 'malformed' }>
    /** 200 with a web page. */
    | Readonly<{ kind: 'html' }>
    /** 200 with `token_is_valid: "true"`. */
    | Readonly<{ kind: 'wrong_types' }>
    /** 200 with a JSON document of at least `bytes`; 2 MiB unless given. */
    | Readonly<{ kind: 'oversized'; bytes?: number }>
  );

/**
 * One step of the script; without a tenant, a route or `times` it applies to all tenants, to all routes, and for ever.
 */
export type Step = Readonly<{ tenantId?: string; route?: Route; times?: number; answer: ScriptedAnswer }>;

/** Steps are played in the order they were added; one that lasts for ever hides those that come after it. */
export type Script = Readonly<{
  add(step: Step): void;
  /** The step for this request, which is counted as played when `mayPlay` agrees. */
  play(request: Readonly<{ route: Route; tenantId: string | null }>, mayPlay: (step: Step) => boolean): Step | null;
  /** Forgets the steps of one tenant, or all of them. */
  clear(tenantId?: string): void;
}>;

export function createScript(): Script {
  let steps: { step: Step; left: number }[] = [];
  return {
    add(step) {
      steps.push({ step, left: step.times ?? Number.POSITIVE_INFINITY });
    },
    play(request, mayPlay) {
      if (steps.length === 0) return null;
      const found = steps.find(({ step }) => matches(step, request));
      if (found === undefined || !mayPlay(found.step)) return null;
      found.left -= 1;
      if (found.left <= 0) steps = steps.filter((each) => each !== found);
      return found.step;
    },
    clear(tenantId) {
      steps = tenantId === undefined ? [] : steps.filter(({ step }) => step.tenantId !== tenantId);
    },
  };
}

function matches(step: Step, request: Readonly<{ route: Route; tenantId: string | null }>): boolean {
  if (step.tenantId !== undefined && step.tenantId !== request.tenantId) return false;
  return step.route === undefined || step.route === request.route;
}

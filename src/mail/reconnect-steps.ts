import { z } from 'zod';
import type { Say } from '../words/words.ts';

const stepActions = ['reconnect', 'choose_profile', 'connect'] as const;
/** The repairs that have steps; `connect` is for an account that was removed. */
export type StepAction = (typeof stepActions)[number];

type StepsByAction = Readonly<Partial<Record<StepAction, readonly string[]>>>;

/** The operator's own steps, by Constant Contact's name of the network; `default` serves every other network. */
export type ReconnectSteps = Readonly<Record<string, StepsByAction>>;

/** No steps of the operator's own: all readers get the built-in steps in their language. */
export const defaultReconnectSteps: ReconnectSteps = {};

const placeholders = ['network', 'account'];

const step = z
  .string({ error: 'a step is text in quotes' })
  .trim()
  .min(1, 'a step is not empty')
  .max(300, 'a step has at most 300 characters')
  .superRefine((text, context) => {
    for (const [, name = ''] of text.matchAll(/\{([^}]*)\}/g)) {
      if (placeholders.includes(name)) continue;
      context.addIssue({ code: 'custom', message: `knows no {${name}}; write {network} or {account}` });
    }
  });
const steps = z.array(step, { error: 'steps are a list: ["…", "…"]' }).min(1, 'a list has at least one step').max(12);
const stepsByAction = z.strictObject(
  { reconnect: steps.optional(), choose_profile: steps.optional(), connect: steps.optional() },
  { error: shapeError('has the lists "reconnect", "choose_profile" and "connect", and nothing else') },
);
const stepsFile = z.record(z.string().trim().toLowerCase().min(1), stepsByAction, {
  error: shapeError('is an object: {"facebook": {"reconnect": ["…"]}, "default": {…}}'),
});

function shapeError(text: string): (issue: { code?: string | undefined }) => string | undefined {
  return ({ code }) => (code === 'invalid_type' || code === 'unrecognized_keys' ? text : undefined);
}

export type ParsedSteps =
  | Readonly<{ ok: true; steps: ReconnectSteps }>
  /** Each problem names the place: `facebook.reconnect[2]: …`. */
  | Readonly<{ ok: false; problems: readonly string[] }>;

/** Reads the JSON of RECONNECT_STEPS_FILE. Steps that the file leaves out stay built in, in each reader's language. */
export function parseReconnectSteps(json: string): ParsedSteps {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    return { ok: false, problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = stepsFile.safeParse(content);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(describe) };
  return { ok: true, steps: parsed.data as ReconnectSteps };
}

function describe({ path, message }: z.core.$ZodIssue): string {
  const place = path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
  return place === '' ? `it ${message}` : `${place}: ${message}`;
}

/** One account to be repaired, with its names as they stand in sentences. */
export type Repair = Readonly<{ action: StepAction; network: string; networkName: string; account: string }>;

/**
 * The steps that repair the accounts: the operator's own where there are any, the built-in ones in the reader's words for
 * the others. Steps that all accounts begin with are said once, and the built-in ones name an account only when it is
 * the only one.
 */
export function stepsFor(repairs: readonly Repair[], own: ReconnectSteps, say: Say): readonly string[] {
  const builtIn = repairs.filter((repair) => ownSteps(repair, own) === null);
  const lists = repairs.map((repair) => {
    const alike = builtIn.filter(({ action }) => action === repair.action);
    return ownSteps(repair, own) ?? builtInSteps(repair, { isSeveral: alike.length > 1, say });
  });
  return mergeSteps(lists);
}

function ownSteps({ action, network, networkName, account }: Repair, own: ReconnectSteps): readonly string[] | null {
  const ofNetwork = Object.hasOwn(own, network.toLowerCase()) ? own[network.toLowerCase()] : undefined;
  const chosen = ofNetwork?.[action] ?? own.default?.[action];
  if (chosen === undefined) return null;
  return chosen.map((text) => text.replaceAll('{network}', () => networkName).replaceAll('{account}', () => account));
}

function builtInSteps(
  { action, networkName, account }: Repair,
  { isSeveral, say }: Readonly<{ isSeveral: boolean; say: Say }>,
): readonly string[] {
  const repair = isSeveral ? say(`step.${action}.several`) : say(`step.${action}`, { network: networkName, account });
  return [say('step.sign_in'), say('step.open_settings'), repair];
}

/** One list for several accounts: the steps that all begin with once, then each account's own steps. */
function mergeSteps(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  const common = first.findIndex((text, index) => others.some((list) => list[index] !== text));
  const shared = common === -1 ? first.length : common;
  const own = lists.flatMap((list) => list.slice(shared));
  return [...first.slice(0, shared), ...new Set(own)];
}

import { z } from 'zod';
import { errorText } from '../domain/model/error-text.ts';
import type { ReconnectSteps } from './reconnect-steps.ts';

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
    return { ok: false, problems: [`not JSON: ${errorText(error)}`] };
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

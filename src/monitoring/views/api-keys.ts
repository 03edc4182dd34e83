import { z } from 'zod';
import { keyPurposes, keyRoles, keyStates } from '../../domain/model/api-key.ts';
import { instant, maybeInstant, maybeText, text } from './parts.ts';

/** Without its secret, which is shown once and kept nowhere. */
export const apiKeyView = z.object({
  id: text,
  name: maybeText,
  /** How its secret begins. */
  prefix: text,
  role: z.enum(keyRoles),
  /** `session`: a browser that `linkwatch open` has signed in. */
  purpose: z.enum(keyPurposes),
  /** The one tenant that it sees; null: all of them. */
  tenantId: maybeText,
  state: z.enum(keyStates),
  createdAt: instant,
  expiresAt: maybeInstant,
  revokedAt: maybeInstant,
  lastUsedAt: maybeInstant,
});

/** `key` is the secret. */
export const newApiKey = apiKeyView.extend({ key: text });

export type ApiKeyView = Readonly<z.output<typeof apiKeyView>>;
export type NewApiKeyView = Readonly<z.output<typeof newApiKey>>;

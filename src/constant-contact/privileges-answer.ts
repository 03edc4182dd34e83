import { z } from 'zod';

const privilegesSchema = z.array(z.object({ privilege_name: z.string().trim().toLowerCase().min(1) }));

/**
 * `GET /account/user/privileges`: the names, e.g. `campaign:read`. Throws a ZodError: half a list would accuse a user.
 */
export function parsePrivileges(body: unknown): readonly string[] {
  return privilegesSchema.parse(body).map(({ privilege_name: name }) => name);
}

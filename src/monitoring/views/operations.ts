import { z } from 'zod';

/** One line of `doctor`: it works, or what is wrong and what to do. */
export const doctorCheck = z.object({
  name: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  remedy: z.string().nullable(),
});

export type DoctorCheck = Readonly<z.output<typeof doctorCheck>>;

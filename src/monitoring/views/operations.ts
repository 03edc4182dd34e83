import { z } from 'zod';
import { maybeText, text } from './parts.ts';

/** One line of `doctor`: it works, or what is wrong and what to do. */
export const doctorCheck = z.object({ name: text, ok: z.boolean(), detail: text, remedy: maybeText });

export type DoctorCheck = Readonly<z.output<typeof doctorCheck>>;

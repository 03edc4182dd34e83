import type { DoctorCheck } from '../views.ts';

export function passed(name: string, detail: string): DoctorCheck {
  return { name, ok: true, detail, remedy: null };
}

/** Nothing is wrong as far as anybody knows: it could not be looked at. */
export function unchecked(name: string, detail: string): DoctorCheck {
  return { name, ok: true, isUnchecked: true, detail, remedy: null };
}

export function failed(name: string, detail: string, remedy: string): DoctorCheck {
  return { name, ok: false, detail, remedy };
}

import type { DoctorCheck } from '../views.ts';

export function passed(name: string, detail: string): DoctorCheck {
  return { name, ok: true, detail, remedy: null };
}

export function failed(name: string, detail: string, remedy: string): DoctorCheck {
  return { name, ok: false, detail, remedy };
}

import type { AlertSettings } from '../../domain/model/settings.ts';

/** The variables behind the configuration, as far as they are asked about once it is in force. */
export type Configured = Readonly<{
  /** Whether the daemon would find all that it needs. */
  checks(): readonly VariableCheck[];
  /** The text without any secret that is configured. */
  redact(text: string): string;
  /** The alert rules with these, each written as NAME=VALUE, in place of those that are configured. */
  alertRules(assignments: readonly string[]): OtherAlertRules;
}>;

/** A line of `doctor` about a variable. */
type VariableCheck = Readonly<{ name: string; ok: boolean; detail: string; remedy: string | null }>;

export type OtherAlertRules =
  | Readonly<{ ok: true; settings: AlertSettings }>
  /** `instead`: what to write. */
  | Readonly<{ ok: false; problems: readonly Readonly<{ variable: string; problem: string; instead: string }>[] }>;

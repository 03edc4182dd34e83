import type { EndpointReason } from '../domain/model/webhook.ts';
import type { WebhookView } from '../monitoring/views.ts';

/** Why nothing is sent to an endpoint. */
export const endpointReasonWords: Readonly<Record<EndpointReason, string>> = {
  by_command: 'by command',
  failing: 'the receiver fails',
  gone: 'the receiver wants no more (410)',
};

/** `all`, or the names of the events that an endpoint gets. */
export function endpointTypesText(types: WebhookView['types']): string {
  return types === null ? 'all' : types.join(', ');
}

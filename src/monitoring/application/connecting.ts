import type { Account } from '../../domain/model/account.ts';
import type { PollFailure, PollFailureKind } from '../../domain/model/poll.ts';
import type { Contact, Tenant } from '../../domain/model/tenant.ts';
import type { Invitation } from '../../domain/tenants/invite.ts';
import type { ApiResult, AuthorizationRequest, DeviceRequest, ReturnedBrowser } from '../ports.ts';
import type { Viewer } from '../viewer.ts';

/**
 * Connects an account of Constant Contact by its owner's permission: for the operator, and for whoever holds a link to
 * connect one tenant.
 */
export type Connecting = Readonly<{
  /** What the holder of a link is asked to connect; null when there is no such tenant, and for the operator. */
  invitation(viewer: Viewer): Promise<InvitationView | null>;
  /** Where to send the browser, and what to remember until it comes back. */
  begin(viewer: Viewer, redirectUri: string, options: BeginOptions): Promise<AuthorizationRequest>;
  /** The browser has come back. A permission that will do is stored, and the tenant is polled at once. */
  finish(viewer: Viewer, returned: ReturnedBrowser, wish: ConnectWish): Promise<ConnectOutcome>;
  /** The answer to what `finish` asks: whether it is the right account. */
  answer(viewer: Viewer, question: string, isRight: boolean): Promise<ConnectOutcome>;
  /** For the operator: a link is opened in a browser, which needs no code. */
  beginDevice(viewer: Viewer, asked?: ApplicationWish): Promise<ApiResult<DeviceRequest>>;
  /** For the operator. Waits until the person has answered elsewhere, or the signal aborts. */
  awaitDevice(viewer: Viewer, device: DeviceRequest, wish: ConnectWish, signal: AbortSignal): Promise<ConnectOutcome>;
  /**
   * Mails the owner of an account a link to connect it. With a `tenantId`: for whoever may change that tenant. Without
   * one, the tenant is looked for or made: for the operator, and for keys of all tenants.
   */
  invite(viewer: Viewer, request: InvitationRequest): Promise<InviteOutcome>;
}>;

/**
 * By which application the person is asked: the one of that name, or else the one of the tenant that is to be
 * connected, or else the one of the configuration. The holder of a link is asked by its tenant's.
 */
export type ApplicationWish = Readonly<{ application?: string | undefined; tenantId?: string | null }>;

export type BeginOptions = ApplicationWish & Readonly<{ prompt: boolean }>;

export type InvitationRequest = Readonly<{
  email: string;
  /** Null: a tenant that waits for this address, or a new one. */
  tenantId: string | null;
  /** The name of a new tenant. */
  name?: string;
  locale?: string;
  /** The application's name; that of the configuration unless given. */
  application?: string | undefined;
}>;

export type InviteOutcome =
  | (Invitation & Readonly<{ tenant: Readonly<{ id: string; name: string }> }>)
  /** `of_another_application`: the tenant is assigned to another one than was asked for. */
  | Readonly<{ outcome: 'gone' | 'unknown_application' | 'of_another_application' }>;

/** What is wanted of the account; the holder of a link has no other wish than its tenant. */
export type ConnectWish = Readonly<{
  /** Null: the tenant that it is, or a new one. */
  tenantId: string | null;
  /** The application with which it was begun. */
  application?: string | undefined;
  /** In place of what Constant Contact says of a new tenant. */
  name?: string;
  owner?: string;
  locale?: string;
}>;

export type InvitationView = Readonly<{
  isUsed: boolean;
  tenant: Pick<Tenant, 'locale' | 'replyTo' | 'senderName' | 'state'> &
    Readonly<{
      /** Null where nobody has named the account. */
      name: string | null;
    }>;
  contact: Pick<Contact, 'email' | 'locale'>;
}>;

export type ConnectOutcome =
  | Readonly<{
      outcome: 'connected';
      tenant: Readonly<{ id: string; name: string }>;
      /** The name as its owner reads it; null where nobody has named the account. */
      givenName: string | null;
      isNew: boolean;
      /** Constant Contact let us read which account it is. */
      isAccountRead: boolean;
      look: FirstLook;
    }>
  | Readonly<{
      outcome: 'asks';
      question: string;
      found: Pick<Account, 'name' | 'contactEmail'>;
      expected: Readonly<{ id: string; name: string }>;
      /** The account is another tenant's, which would be connected anew. */
      isAnotherTenants: boolean;
    }>
  | Readonly<{ outcome: 'scopes_missing'; scopes: readonly string[] }>
  /** Nobody knows a name and an address for the new tenant. */
  | Readonly<{ outcome: 'unnamed' }>
  | Readonly<{ outcome: 'denied' | 'forged' | 'expired' | 'link_used' | 'gone' | 'nothing_changed' | 'stopped' }>
  | Readonly<{ outcome: 'failed'; failure: PollFailure }>;

/** What the first poll has shown; `none`: the tenant is paused, or no request is left for today. */
export type FirstLook =
  | Readonly<{ poll: 'good'; connections: number; broken: number }>
  | Readonly<{ poll: 'failed'; failure: Readonly<{ kind: PollFailureKind; detail: string }> }>
  | Readonly<{ poll: 'none' }>;

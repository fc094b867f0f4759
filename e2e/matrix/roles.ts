/**
 * Everybody who could ask. The meeting in question is private, hosted by `host`, and booked by `guest`. `otherGuest`
 * holds the capability of another meeting, `otherHost` is a host without a part in it, `crmUser` and `crmManager` are
 * people of sales and nothing else, `disabled` is a manager whose account was closed while a session was open, and
 * `stranger` is the admin of another workspace.
 */
export const ROLES = [
  "anonymous",
  "guest",
  "otherGuest",
  "host",
  "otherHost",
  "manager",
  "admin",
  "crmUser",
  "crmManager",
  "disabled",
  "stranger",
] as const;

export type Role = (typeof ROLES)[number];

/** The status each role is answered with. */
export type Row = Readonly<Record<Role, number>>;

/** By the status: those who are answered otherwise than the rest. */
type Exceptions = Readonly<Record<number, readonly Role[]>>;

/** What one part of the application answers to whom. */
export type Area = {
  /** `METHOD path` of Next's own manifest. Methods of an API path that are not listed answer 405 to everybody. */
  readonly routes: Readonly<Record<string, Row>>;
  /** `file#export` of Next's own manifest, and the roles for whom it changes something. */
  readonly actions: Readonly<Record<string, readonly Role[]>>;
  /** Routes that change nothing for those who may, though their method could. */
  readonly changingNothing?: readonly string[];
  /** Routes that change nothing but the audit log, which keeps that they were read. */
  readonly audited?: readonly string[];
};

const SIGNED_OUT: readonly Role[] = ["anonymous", "guest", "otherGuest", "disabled"];

function rowOf(signedOut: number, signedIn: number, exceptions: Exceptions): Row {
  const statuses = new Map(
    ROLES.map((role): [Role, number] => [role, SIGNED_OUT.includes(role) ? signedOut : signedIn]),
  );
  for (const [status, roles] of Object.entries(exceptions)) {
    for (const role of roles) statuses.set(role, Number(status));
  }
  return Object.fromEntries(statuses) as Row;
}

/** The same for all, but for those named. */
export const everybody = (status: number, exceptions: Exceptions = {}): Row =>
  rowOf(status, status, exceptions);

/** A page for people who are signed in; others are led to the sign-in page. */
export const page = (status: number, exceptions: Exceptions = {}): Row =>
  rowOf(307, status, exceptions);

/** A call for people who are signed in; others are told to. */
export const call = (status: number, exceptions: Exceptions = {}): Row =>
  rowOf(401, status, exceptions);

/** Whoever has a session that is alive. */
export const SIGNED_IN: readonly Role[] = ROLES.filter((role) => !SIGNED_OUT.includes(role));

/** Whoever holds meetings in the workspace in question. */
export const HOSTS: readonly Role[] = ["host", "otherHost", "manager", "admin"];

/** Those who manage meetings there. */
export const MANAGERS: readonly Role[] = ["manager", "admin"];

/** Those who run the meeting in question, or own the link or the hours in question. */
export const RUNNERS: readonly Role[] = ["host", ...MANAGERS];

/** Whoever holds meetings, each in their own workspace. */
export const ANY_HOST: readonly Role[] = [...HOSTS, "stranger"];

/** Those who manage meetings, each of their own workspace. */
export const ANY_MANAGER: readonly Role[] = [...MANAGERS, "stranger"];

/** Admins, each of their own workspace. */
export const ANY_ADMIN: readonly Role[] = ["admin", "stranger"];

/** Whoever sells in the workspace in question. */
export const SELLERS: readonly Role[] = ["manager", "admin", "crmUser", "crmManager"];

/** Whoever sells, each in their own workspace. */
export const ANY_SELLER: readonly Role[] = [...SELLERS, "stranger"];

/** Those who manage sales there. */
export const SALES_MANAGERS: readonly Role[] = ["manager", "admin", "crmManager"];

/** Those who manage sales, each of their own workspace. */
export const ANY_SALES_MANAGER: readonly Role[] = [...SALES_MANAGERS, "stranger"];

import { createHash, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import type { RunningServer } from "../fixtures/run-server";
import { databaseUrlOf, runServer } from "../fixtures/run-server";
import { insertSession } from "../fixtures/session";
import { watchDatabase } from "./database-state";
import type { Role } from "./roles";

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
const newToken = (): string => randomBytes(32).toString("base64url");

/** A booking made over the interface: its meeting, its version, and the capability its guest holds. */
export type Booking = {
  readonly id: string;
  readonly version: number;
  readonly start: string;
  readonly manageToken: string;
};

/** Everybody who could ask, on one running server. */
export type World = {
  readonly url: string;
  readonly db: pg.Client;
  /** Books a free time of the demonstration link, which waits for the host's answer and is private. */
  readonly book: () => Promise<Booking>;
  /** Makes it agreed, as if the host had answered. */
  readonly confirm: (about: Booking) => Promise<void>;
  /** Somebody does the jobs, as far as /api/ready can see: the quiet server has no worker. */
  readonly showWorker: () => Promise<void>;
  /** A free start of that link that nobody was given yet. */
  readonly nextStart: () => Promise<string>;
  /** What this role's browser sends along, given the booking the question is about. */
  readonly cookieOf: (role: Role, about: Booking) => string;
  /** The capability this role holds; somebody without one has to guess. */
  readonly capabilityOf: (role: Role, about: Booking) => string;
  readonly renewSession: (role: Role) => Promise<void>;
  readonly close: () => Promise<void>;
};

const MAILBOXES: Partial<Record<Role, string>> = {
  host: "host",
  otherHost: "priya",
  manager: "manager",
  admin: "admin",
  crmUser: "sales",
};

type Account = { readonly workspaceId: string; readonly email: string };

async function accountOf(db: pg.Client, mailbox: string): Promise<Account> {
  const email = `${mailbox}@meridian.example`;
  const { rows } = await db.query<{ workspace_id: string }>(
    "SELECT workspace_id FROM app_user WHERE email = $1",
    [email],
  );
  const [row] = rows;
  if (!row) throw new Error(`there is no ${mailbox}`);
  return { workspaceId: row.workspace_id, email };
}

async function insertAccount(
  db: pg.Client,
  about: { readonly workspaceId: string; readonly group: string; readonly disabled: boolean },
): Promise<Account> {
  const userId = randomUUID();
  const email = `${userId}@example.org`;
  const { workspaceId } = about;
  await db.query(
    `INSERT INTO app_user (workspace_id, id, email, name, zone, disabled_at)
     VALUES ($1, $2, $3, 'Somebody', 'UTC', CASE WHEN $4 THEN now() END)`,
    [workspaceId, userId, email, about.disabled],
  );
  // Everybody's time can be taken.
  await db.query(
    "INSERT INTO resource (workspace_id, id, kind, user_id, name) VALUES ($1, $2, 'person', $3, 'Somebody')",
    [workspaceId, randomUUID(), userId],
  );
  await db.query("INSERT INTO user_group VALUES ($1, $2, $3::group_name)", [
    workspaceId,
    userId,
    about.group,
  ]);
  return { workspaceId, email };
}

async function makeAccounts(db: pg.Client): Promise<ReadonlyMap<Role, Account>> {
  const accounts = new Map<Role, Account>();
  for (const [role, mailbox] of Object.entries(MAILBOXES)) {
    accounts.set(role as Role, await accountOf(db, mailbox));
  }
  const here = accounts.get("host")?.workspaceId ?? "";
  accounts.set(
    "crmManager",
    await insertAccount(db, { workspaceId: here, group: "crm_manager", disabled: false }),
  );
  const elsewhere = randomUUID();
  await db.query("INSERT INTO workspace (id, name, zone) VALUES ($1, 'Elsewhere', 'UTC')", [
    elsewhere,
  ]);
  accounts.set(
    "disabled",
    await insertAccount(db, { workspaceId: here, group: "meeting_manager", disabled: true }),
  );
  accounts.set(
    "stranger",
    await insertAccount(db, { workspaceId: elsewhere, group: "admin", disabled: false }),
  );
  return accounts;
}

export const locatorOf = (capability: string): string =>
  sha256(capability).toString("hex").slice(0, 16);

async function bookAt(url: string, db: pg.Client, start: string): Promise<Booking> {
  const answer = await fetch(`${url}/api/v1/booking-links/demo/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      start,
      name: "Guest",
      email: `guest-${randomUUID()}@example.org`,
      // By these words a page gives away that it knows the booking.
      subject: `About ${randomUUID()}`,
      zone: "Europe/Berlin",
    }),
  });
  if (answer.status !== 201) throw new Error(`not booked: ${answer.status} ${await answer.text()}`);
  const { manageToken } = (await answer.json()) as { manageToken: string };
  const { rows } = await db.query<{ id: string; version: number }>(
    `UPDATE meeting m SET visibility = 'private' FROM attendee a
      WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND a.manage_token_hash = $1
      RETURNING m.id, m.version`,
    [sha256(manageToken)],
  );
  const [row] = rows;
  if (!row) throw new Error("the booking's meeting was not found");
  return { ...row, start, manageToken };
}

const DAY_MS = 86_400_000;
/** What one question for slots answers at most. */
const WINDOW_DAYS = 90;
const YEAR_DAYS = 360;

/** Free starts of the demonstration link over a year, each handed out once. */
function startsOf(url: string): () => Promise<string> {
  const free: string[] = [];
  let asked = 0;
  return async () => {
    while (free.length === 0 && asked < YEAR_DAYS) {
      const from = new Date(Date.now() + asked * DAY_MS).toISOString();
      const to = new Date(Date.now() + (asked + WINDOW_DAYS) * DAY_MS).toISOString();
      asked += WINDOW_DAYS;
      const answer = await fetch(`${url}/api/v1/booking-links/demo/slots?from=${from}&to=${to}`);
      const { slots } = (await answer.json()) as { slots: readonly { start: string }[] };
      // The latest first: the earliest ones could pass while the tests run.
      free.push(...slots.map(({ start }) => start));
    }
    const start = free.pop();
    if (start === undefined) throw new Error("the link has no free time left");
    return start;
  };
}

/**
 * A server of one's own, without a worker and without throttles: whatever changes in its database was changed by the
 * question asked. MERIDIAN_MATRIX_URL and MERIDIAN_MATRIX_DATA_DIR name one that runs already, while a test is written.
 */
export async function quietServer(): Promise<RunningServer> {
  const { MERIDIAN_MATRIX_URL: url, MERIDIAN_MATRIX_DATA_DIR: dataDir } = process.env;
  if (!url || !dataDir) {
    return runServer({
      env: { MERIDIAN_WORKER: "0", MERIDIAN_THROTTLE: "off", MERIDIAN_ALLOW_UNTHROTTLED: "1" },
    });
  }
  const stop = async () => 0;
  const dispose = async () => undefined;
  return { url, port: Number(new URL(url).port), dataDir, pid: 0, output: () => "", stop, dispose };
}

/** Makes everybody, on a quiet server. */
export async function makeWorld(server: RunningServer): Promise<World> {
  const { url } = server;
  const db = new pg.Client({ connectionString: databaseUrlOf(server.dataDir) });
  await db.connect();
  // Room for as many bookings as there are cells in the table.
  await db.query(
    `UPDATE booking_link SET horizon = '{"kind":"days","days":365}', limits = '[]' WHERE token = 'demo'`,
  );
  const accounts = await makeAccounts(db);
  const sessions = new Map<Role, string>();
  const renewSession = async (role: Role) => {
    const account = accounts.get(role);
    if (account) sessions.set(role, await insertSession(db, account.email));
  };
  for (const role of accounts.keys()) await renewSession(role);
  const nextStart = startsOf(url);
  const book = async () => bookAt(url, db, await nextStart());
  const other = await book();
  await watchDatabase(db);

  return {
    url,
    db,
    book,
    nextStart,
    renewSession,
    showWorker: async () => {
      await db.query("UPDATE pgboss.queue SET monitor_on = now()");
    },
    confirm: async ({ id }) => {
      await db.query(
        "UPDATE meeting SET state = 'confirmed', hold_expires_at = NULL WHERE id = $1",
        [id],
      );
    },
    capabilityOf: (role, about) => (role === "guest" ? about.manageToken : newToken()),
    cookieOf(role, about) {
      const held = { guest: about.manageToken, otherGuest: other.manageToken }[role as "guest"];
      if (held !== undefined) return `m_${locatorOf(held)}=${held}`;
      const session = sessions.get(role);
      return session === undefined ? "" : `meridian=${session}`;
    },
    close: () => db.end(),
  };
}

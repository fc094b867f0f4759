import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

type Owner = { readonly workspaceId: string; readonly userId: string };

async function hostOf({ db }: World): Promise<Owner> {
  const { rows } = await db.query<{ workspaceId: string; userId: string }>(
    `SELECT workspace_id AS "workspaceId", id AS "userId" FROM app_user WHERE email = 'host@meridian.example'`,
  );
  return rows[0] ?? { workspaceId: "", userId: "" };
}

/** A calendar elsewhere of the host's, which nobody reads: the quiet server has no worker. */
async function insertCalendar(world: World): Promise<string> {
  const { workspaceId, userId } = await hostOf(world);
  const id = randomUUID();
  await world.db.query("DELETE FROM external_calendar");
  await world.db.query(
    `INSERT INTO external_calendar (workspace_id, id, user_id, kind, name, sealed, host)
     VALUES ($1, $2, $3, 'ics', 'Private', '\\x00', 'calendar.example')`,
    [workspaceId, id, userId],
  );
  return id;
}

/** The host has a feed, and nobody else. */
async function insertFeed(world: World): Promise<void> {
  const { workspaceId, userId } = await hostOf(world);
  await world.db.query("DELETE FROM calendar_feed");
  await world.db.query(
    "INSERT INTO calendar_feed (workspace_id, user_id, token_hash) VALUES ($1, $2, sha256($3::bytea))",
    [workspaceId, userId, randomUUID()],
  );
}

/** An endpoint of the admin's, made as an admin makes one: its secret opens. */
async function makeEndpoint(world: World, about: Booking): Promise<string> {
  await world.db.query("DELETE FROM webhook_endpoint");
  const answer = await fetch(`${world.url}/api/v1/webhooks`, {
    method: "POST",
    headers: {
      cookie: world.cookieOf("admin", about),
      origin: world.url,
      "content-type": "application/json",
    },
    body: JSON.stringify(endpointBody()),
  });
  if (answer.status !== 201) throw new Error(`no endpoint: ${answer.status}`);
  return ((await answer.json()) as { id: string }).id;
}

/** Where nothing is ever sent to: a name that no resolver knows. */
export const endpointBody = () => ({
  url: `https://hooks.invalid/${randomUUID()}`,
  events: ["booking.requested"],
});

async function makeDelivery(world: World, about: Booking): Promise<string> {
  const endpoint = await makeEndpoint(world, about);
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO webhook_delivery (workspace_id, id, endpoint_id, event, payload, state)
     SELECT workspace_id, $2, id, 'booking.requested', '{}', 'failed' FROM webhook_endpoint WHERE id = $1`,
    [endpoint, id],
  );
  return id;
}

/** The forms of calendars elsewhere and of webhooks. */
export const elsewhereForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  renewFeedAction: async () => ({}),
  endFeedAction: async () => {
    await insertFeed(world);
    return {};
  },
  addFeedAction: async () => ({ url: `https://calendar.invalid/${randomUUID()}`, name: "Private" }),
  // An inner address, which is not even asked.
  addAccountAction: async () => ({ server: "https://127.0.0.1", user: "me", password: "secret" }),
  changeCalendarAction: async () => ({ id: await insertCalendar(world) }),
  removeCalendarAction: async () => ({ id: await insertCalendar(world) }),
  readCalendarAction: async () => ({ id: await insertCalendar(world) }),
  createEndpointAction: async () => ({
    url: `https://hooks.invalid/${randomUUID()}`,
    events: "booking.requested",
  }),
  chooseEventsAction: async () => ({
    id: await makeEndpoint(world, about),
    events: "meeting.moved",
  }),
  switchEndpointAction: async () => ({ id: await makeEndpoint(world, about), active: "off" }),
  rotateSecretAction: async () => ({ id: await makeEndpoint(world, about) }),
  deleteEndpointAction: async () => ({ id: await makeEndpoint(world, about) }),
  sendTestAction: async () => ({ id: await makeEndpoint(world, about) }),
  redeliverAction: async () => ({ id: await makeDelivery(world, about) }),
});

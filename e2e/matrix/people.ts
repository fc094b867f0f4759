import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

async function workspaceOf({ db }: World, about: Booking): Promise<string> {
  const { rows } = await db.query<{ workspace_id: string }>(
    "SELECT workspace_id FROM meeting WHERE id = $1",
    [about.id],
  );
  return rows[0]?.workspace_id ?? "";
}

async function userOf({ db }: World, mailbox: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>("SELECT id FROM app_user WHERE email = $1", [
    `${mailbox}@meridian.example`,
  ]);
  return rows[0]?.id ?? "";
}

/** Somebody new whom an admin could change: with a way in, a second step, a session and a link; or only invited. */
async function insertSubject(world: World, about: Booking, invited: boolean): Promise<string> {
  const { db } = world;
  const id = randomUUID();
  const workspaceId = await workspaceOf(world, about);
  await db.query(
    `INSERT INTO app_user (workspace_id, id, email, name, zone, password_hash, invited_at)
     VALUES ($1, $2, $3, 'Subject', 'UTC', $4, now())`,
    [workspaceId, id, `${id}@example.org`, invited ? null : "none"],
  );
  await db.query(
    "INSERT INTO resource (workspace_id, id, kind, user_id, name) VALUES ($1, $2, 'person', $3, 'Subject')",
    [workspaceId, randomUUID(), id],
  );
  if (invited) return id;
  await db.query(
    "INSERT INTO user_totp (workspace_id, user_id, sealed, confirmed_at) VALUES ($1, $2, '\\x00', now())",
    [workspaceId, id],
  );
  await db.query(
    `INSERT INTO session (workspace_id, id, user_id, token_hash, expires_at)
     VALUES ($1, $2, $3, sha256($4::bytea), now() + interval '1 day')`,
    [workspaceId, randomUUID(), id, id],
  );
  return id;
}

async function insertLinkOf(world: World, about: Booking, owner: string): Promise<void> {
  await world.db.query(
    `INSERT INTO booking_link (workspace_id, id, token, name, zone, owner_id)
     VALUES ($1, $2, $3, 'Theirs', 'UTC', $4)`,
    [await workspaceOf(world, about), randomUUID(), randomUUID(), owner],
  );
}

async function insertKeyOfHost(world: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO api_key (workspace_id, id, user_id, name, prefix, key_hash)
     VALUES ($1, $2, $3, 'Key', 'mk_', sha256($4::bytea))`,
    [await workspaceOf(world, about), id, await userOf(world, "host"), id],
  );
  return id;
}

/** The fields of the actions about people and settings, each on somebody or something made for it. */
export const peopleForms = (
  world: World,
  about: Booking,
): Readonly<Record<string, () => Promise<Record<string, string>>>> => {
  const subject =
    (more: Record<string, string> = {}, invited = false) =>
    async () => ({
      userId: await insertSubject(world, about, invited),
      ...more,
    });
  return {
    endSessionsAction: subject({ sessionId: "all" }),
    invitePeopleAction: async () => ({
      emails: `${randomUUID()}@example.org`,
      groups: "meeting_user",
    }),
    removePersonAction: subject(),
    resendInvitationAction: subject({}, true),
    resetTwoFactorAction: subject({ reason: "lost" }),
    sendPasswordResetAction: subject(),
    setDisabledAction: subject({ disabled: "1" }),
    setGroupsAction: subject({ groups: "crm_user" }),
    withdrawInvitationAction: subject({}, true),
    handOverAction: async () => {
      const from = await insertSubject(world, about, false);
      await insertLinkOf(world, about, from);
      return { from, to: await userOf(world, "priya") };
    },
    chooseNotificationsAction: async () => ({ on: "request:mail" }),
    createApiKeyAction: async () => ({ name: "Key" }),
    removePhotoAction: async () => ({}),
    revokeApiKeyAction: async () => ({ id: await insertKeyOfHost(world, about) }),
    updateProfileAction: async () => {
      await world.db.query("UPDATE app_user SET version = 1");
      return {
        name: "Somebody",
        title: "",
        zone: "UTC",
        locale: "en",
        hourCycle: "24",
        weekStart: "1",
        version: "1",
      };
    },
  };
};

import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

async function workspaceOf({ db }: World, about: Booking): Promise<string> {
  const { rows } = await db.query<{ workspace_id: string }>(
    "SELECT workspace_id FROM meeting WHERE id = $1",
    [about.id],
  );
  return rows[0]?.workspace_id ?? "";
}

async function insertHoliday(world: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    "INSERT INTO holiday (workspace_id, id, on_date, name) VALUES ($1, $2, '2031-01-01', $3)",
    [await workspaceOf(world, about), id, `Holiday ${id}`],
  );
  return id;
}

async function guestOf({ db }: World, about: Booking): Promise<string> {
  const { rows } = await db.query<{ email: string }>(
    "SELECT email FROM attendee WHERE meeting_id = $1 AND kind = 'guest'",
    [about.id],
  );
  return rows[0]?.email ?? "";
}

/** The forms of the administration. */
export const adminForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  saveWorkspaceAction: async () => {
    // Every workspace is at the version its admin is told.
    await world.db.query("UPDATE workspace SET version = 1");
    return {
      version: "1",
      name: `Name ${randomUUID()}`,
      zone: "UTC",
      locale: "en",
      colour: "",
      mailFromName: "",
      mailReplyTo: "",
      retentionDays: "",
    };
  },
  steerJobAction: async () => {
    await world.db.query("DELETE FROM job_pause");
    return { job: "operations.forget-runs", steering: "pause" };
  },
  addHolidayAction: async () => ({ date: "2031-02-03", name: `Holiday ${randomUUID()}` }),
  changeHolidayAction: async () => ({
    id: await insertHoliday(world, about),
    date: "2031-03-04",
    name: `Holiday ${randomUUID()}`,
  }),
  removeHolidayAction: async () => ({ id: await insertHoliday(world, about) }),
  importHolidaysAction: async () => ({
    country: "DE",
    holiday: `2031-04-05 Holiday ${randomUUID()}`,
  }),
  findGuestAction: async () => ({ email: await guestOf(world, about) }),
  eraseGuestAction: async () => ({
    email: await guestOf(world, about),
    ground: "guest-asked",
    cancel: "on",
  }),
  startRetentionAction: async () => ({}),
});

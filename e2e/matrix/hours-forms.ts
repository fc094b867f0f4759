import { randomUUID } from "node:crypto";
import type { World } from "./world";

type Fields = Readonly<Record<string, string>>;
type Spare = { readonly id: string; readonly user_id: string; readonly version: number };

/** A schedule of the host that nothing depends on, so that every change of it is allowed. */
async function spareSchedule({ db }: World): Promise<Spare> {
  const find = () =>
    db.query<Spare>(
      `SELECT s.id, s.user_id, s.version FROM schedule s
         JOIN app_user u ON u.workspace_id = s.workspace_id AND u.id = s.user_id
        WHERE u.email = 'host@meridian.example' AND NOT s.is_default
          AND NOT EXISTS (SELECT 1 FROM booking_link_host h WHERE h.schedule_id = s.id) LIMIT 1`,
    );
  const found = (await find()).rows[0];
  if (found) return found;
  await db.query(
    `INSERT INTO schedule (workspace_id, id, user_id, name, zone)
     SELECT workspace_id, $1, id, 'Spare', 'UTC' FROM app_user WHERE email = 'host@meridian.example'`,
    [randomUUID()],
  );
  const made = (await find()).rows[0];
  if (!made) throw new Error("there is no spare schedule");
  return made;
}

async function spareAbsence({ db }: World): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO out_of_office (workspace_id, id, user_id, from_at, to_at)
     SELECT workspace_id, $1, id, '2098-01-01', '2098-01-02' FROM app_user WHERE email = 'host@meridian.example'`,
    [id],
  );
  return id;
}

// Far ahead, where the other questions book nothing.
const ABSENCE = {
  from: "2098-02-01",
  to: "2098-02-02",
  fromMinute: null,
  toMinute: null,
  reason: "away",
  note: null,
  redirectLinkId: null,
};

const HOURS = { weekly: [], overrides: [], travel: [], observesHolidays: true };

/** Forms about the hours of `host`, by the action they belong to. */
export const hoursForms = (world: World): Readonly<Record<string, () => Promise<Fields>>> => {
  const seen = async () => {
    const { id, version } = await spareSchedule(world);
    return { scheduleId: id, version: String(version) };
  };
  const hours = () => JSON.stringify({ ...HOURS, zone: "UTC" });
  return {
    saveScheduleAction: async () => ({ ...(await seen()), draft: hours() }),
    makeScheduleAction: async () => ({
      personId: (await spareSchedule(world)).user_id,
      name: "Another",
    }),
    renameScheduleAction: async () => ({ ...(await seen()), name: `Name ${randomUUID()}` }),
    setDefaultScheduleAction: seen,
    deleteScheduleAction: seen,
    saveAbsenceAction: async () => ({
      personId: (await spareSchedule(world)).user_id,
      draft: JSON.stringify(ABSENCE),
    }),
    removeAbsenceAction: async () => ({ absenceId: await spareAbsence(world) }),
    previewHoursAction: async () => ({
      scheduleId: (await seen()).scheduleId,
      draft: hours(),
      zone: "UTC",
      from: "2026-11-23",
    }),
  };
};

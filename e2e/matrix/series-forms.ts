import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

const HALF_HOUR_MS = 1_800_000;

/** Makes the meeting the only date of a series, once. */
async function inSeries({ db }: World, about: Booking): Promise<number> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO meeting_series (workspace_id, id, rule, zone, starts_local, duration_minutes, uid)
     SELECT workspace_id, $2, 'FREQ=DAILY;COUNT=1', 'UTC', starts_at AT TIME ZONE 'UTC',
       extract(epoch FROM ends_at - starts_at)::int / 60, $3
     FROM meeting WHERE id = $1 AND series_id IS NULL`,
    [about.id, id, `${id}@example.org`],
  );
  await db.query(
    `UPDATE meeting SET series_id = $2, recurrence_start = starts_at
     WHERE id = $1 AND series_id IS NULL`,
    [about.id, id],
  );
  const { rows } = await db.query<{ version: number }>(
    "SELECT version FROM meeting WHERE id = $1",
    [about.id],
  );
  return rows[0]?.version ?? about.version;
}

/** What the editor and a meeting's page send about series. */
export function seriesForms(world: World, about: Booking): Readonly<Record<string, Form>> {
  const payload = (data: object) => ({ payload: JSON.stringify(data) });
  const aDate = async () => ({ meetingId: about.id, version: await inSeries(world, about) });
  const change = async () => ({
    ...(await aDate()),
    scope: "all",
    changes: { subject: `Matrix ${randomUUID()}` },
  });
  const series = async () => {
    const start = await world.nextStart();
    const end = new Date(Date.parse(start) + HALF_HOUR_MS).toISOString();
    return {
      meeting: { subject: `Matrix ${randomUUID()}`, start, end },
      repeat: { rule: "FREQ=DAILY;COUNT=1", zone: "UTC" },
    };
  };
  return {
    previewSeriesAction: async () => payload(await series()),
    makeSeriesAction: async () => payload({ confirm: false, input: await series() }),
    previewSeriesEditAction: async () => payload(await change()),
    editSeriesAction: async () => payload(await change()),
    cancelSeriesAction: async () =>
      payload({ ...(await aDate()), scope: "all", reason: "because" }),
    confirmSeriesAction: async () => payload(await aDate()),
  };
}

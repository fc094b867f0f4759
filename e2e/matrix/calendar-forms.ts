import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

const HALF_HOUR_MS = 1_800_000;

/** What the calendar sends when a meeting is moved, taken back or drawn. */
export function calendarForms(world: World, about: Booking): Readonly<Record<string, Form>> {
  const payload = (data: object) => ({ payload: JSON.stringify(data) });
  const half = async () => {
    const start = await world.nextStart();
    return { start, end: new Date(Date.parse(start) + HALF_HOUR_MS).toISOString() };
  };
  const version = async () => {
    const { rows } = await world.db.query<{ version: number }>(
      "SELECT version FROM meeting WHERE id = $1",
      [about.id],
    );
    return rows[0]?.version ?? about.version;
  };
  return {
    moveMeetingAction: async () =>
      payload({ meetingId: about.id, version: await version(), ...(await half()) }),
    takeBackMoveAction: async () => payload({ meetingId: about.id, version: await version() }),
    makeFromCalendarAction: async () =>
      payload({ subject: `Matrix ${randomUUID()}`, with: [], ...(await half()) }),
  };
}

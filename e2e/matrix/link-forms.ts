import type { World } from "./world";

type Form = Readonly<Record<string, string>>;

/** A demonstration link of the host's alone that no booking of the matrix goes through. */
const LINK = "Quick call";

export async function linkId(world: World): Promise<string> {
  const { rows } = await world.db.query<{ id: string }>(
    "SELECT id FROM booking_link WHERE name = $1",
    [LINK],
  );
  return rows[0]?.id ?? "";
}

/** Every setting of the link, one of them another than it was. */
async function settingsOf(world: World, id: string): Promise<object> {
  const { rows } = await world.db.query<{ token: string; userId: string; scheduleId: string }>(
    `SELECT l.token, h.user_id AS "userId", h.schedule_id AS "scheduleId"
       FROM booking_link l JOIN booking_link_host h ON h.link_id = l.id WHERE l.id = $1`,
    [id],
  );
  const [row] = rows;
  return {
    name: LINK,
    description: `Changed ${Date.now()}`,
    token: row?.token,
    active: true,
    zone: "Asia/Singapore",
    zoneLocked: false,
    durationMinutes: 30,
    otherDurations: [],
    intervalMinutes: 15,
    offsetMinutes: 0,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 60,
    horizon: { kind: "days", days: 30 },
    limits: [],
    questions: [],
    extraGuests: 3,
    seats: 1,
    showSeats: true,
    waitingList: false,
    makesLeads: true,
    places: [],
    roomIds: [],
    needsApproval: false,
    holdMinutes: 1_440,
    changeDeadlineMinutes: 0,
    expiresAt: null,
    maxUses: null,
    hosts: [{ userId: row?.userId, role: "fixed", weight: 1, scheduleId: row?.scheduleId }],
    colour: null,
    logoId: null,
    afterNote: null,
    redirectUrl: null,
    reminderMinutes: [60],
  };
}

/** What each action of links is sent. */
export function linkForms(world: World): Readonly<Record<string, () => Promise<Form>>> {
  const payload = (data: object): Form => ({ payload: JSON.stringify(data) });
  const one = async () => payload({ linkId: await linkId(world) });
  return {
    saveLinkAction: async () => {
      const id = await linkId(world);
      const { rows } = await world.db.query<{ version: number }>(
        "SELECT version FROM booking_link WHERE id = $1",
        [id],
      );
      const settings = await settingsOf(world, id);
      return payload({ linkId: id, version: rows[0]?.version, settings });
    },
    previewLinkAction: async () => {
      const id = await linkId(world);
      return payload({ linkId: id, settings: await settingsOf(world, id) });
    },
    createLinkAction: async () => payload({ name: "A new link" }),
    makeOneOffAction: async () =>
      payload({ linkId: await linkId(world), name: "For somebody", expiresAt: null }),
    archiveLinkAction: one,
    restoreLinkAction: one,
    regenerateLinkAction: one,
    keepLogoAction: one,
  };
}

/** Opens the link, or archives it, so that the action has something to do. */
export async function prepareLink(world: World, name: string): Promise<void> {
  if (!name.startsWith("lib/links/")) return;
  const archived = name.endsWith("#restoreLinkAction");
  await world.db.query(
    `UPDATE booking_link SET active = NOT $2, archived_at = CASE WHEN $2 THEN now() END WHERE name = $1`,
    [LINK, archived],
  );
}

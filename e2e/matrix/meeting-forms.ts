import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

const HOUR_MS = 3_600_000;

const hour = (start: string) => ({
  start,
  end: new Date(Date.parse(start) + HOUR_MS).toISOString(),
});

/** What the editor and the page of a meeting send. */
export function meetingForms(world: World, about: Booking): Readonly<Record<string, Form>> {
  const payload = (data: object) => ({ payload: JSON.stringify(data) });
  const meeting = { meetingId: about.id, version: String(about.version) };
  const proposal = async () => {
    const { rows } = await world.db.query<{ id: string }>(
      "SELECT id FROM time_proposal WHERE meeting_id = $1 AND state = 'open'",
      [about.id],
    );
    return { ...meeting, proposalId: rows[0]?.id ?? randomUUID() };
  };
  return {
    makeMeetingAction: async () =>
      payload({
        confirm: false,
        input: { subject: `Matrix ${randomUUID()}`, ...hour(await world.nextStart()) },
      }),
    editMeetingAction: async () =>
      payload({
        meetingId: about.id,
        version: about.version,
        confirm: false,
        changes: { subject: `Matrix ${randomUUID()}` },
      }),
    reopenMeetingAction: async () => meeting,
    closeMeetingAction: async () => ({ ...meeting, outcome: "done" }),
    answerMeetingAction: async () => ({ ...meeting, answer: "tentative", note: "Perhaps" }),
    proposeTimeAction: async () => ({ ...meeting, ...hour(await world.nextStart()), note: "" }),
    acceptProposalAction: proposal,
    declineProposalAction: proposal,
    resendAllAction: async () => meeting,
    retryOnlineAction: async () => meeting,
  };
}

/** A colleague is invited to the meeting, which is agreed. */
async function invite({ db }: World, about: Booking): Promise<string> {
  const attendee = randomUUID();
  await db.query(
    `INSERT INTO attendee (workspace_id, id, meeting_id, kind, user_id, name, email, zone, locale, starts_at)
     SELECT m.workspace_id, $1, m.id, 'attendee', u.id, u.name, u.email, u.zone, u.locale, m.starts_at
       FROM meeting m JOIN app_user u ON u.workspace_id = m.workspace_id
      WHERE m.id = $2 AND u.email = 'priya@meridian.example'`,
    [attendee, about.id],
  );
  await db.query("UPDATE meeting SET state = 'confirmed', hold_expires_at = NULL WHERE id = $1", [
    about.id,
  ]);
  return attendee;
}

/** Brings a meeting into the state in which one of these actions would do something. */
export async function prepareMeeting(world: World, name: string, about: Booking): Promise<void> {
  const { db } = world;
  switch (name.split("#")[1]) {
    case "reopenMeetingAction":
      await db.query(
        `UPDATE meeting SET state = 'cancelled', cancelled_at = now(), link_id = NULL, hold_expires_at = NULL
          WHERE id = $1`,
        [about.id],
      );
      break;
    case "closeMeetingAction":
      await db.query(
        `UPDATE meeting SET state = 'confirmed', hold_expires_at = NULL,
          starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' WHERE id = $1`,
        [about.id],
      );
      break;
    case "answerMeetingAction":
    case "proposeTimeAction":
      await invite(world, about);
      break;
    case "acceptProposalAction":
    case "declineProposalAction": {
      const attendee = await invite(world, about);
      const { start, end } = hour(await world.nextStart());
      await db.query(
        `INSERT INTO time_proposal (workspace_id, id, meeting_id, attendee_id, starts_at, ends_at)
         SELECT workspace_id, $1, id, $2, $3, $4 FROM meeting WHERE id = $5`,
        [randomUUID(), attendee, start, end, about.id],
      );
      break;
    }
    case "resendAllAction":
      await db.query(
        "UPDATE mail_message SET state = 'sent', event = 'confirmed' WHERE meeting_id = $1",
        [about.id],
      );
      break;
  }
}

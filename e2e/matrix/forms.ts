import { randomBytes, randomUUID } from "node:crypto";
import { accountCalls, accountForms } from "./account";
import { adminForms } from "./admin-forms";
import { ARGUMENTS, callAction } from "./ask";
import { calendarForms } from "./calendar-forms";
import { crmForms, prepareCrm } from "./crm-forms";
import { crmSetUpForms } from "./crm-setup-forms";
import { dashboardForms } from "./dashboard-forms";
import { elsewhereForms } from "./elsewhere-forms";
import { hoursForms } from "./hours-forms";
import { linkForms, prepareLink } from "./link-forms";
import { mailForms } from "./mail-forms";
import { builtActions } from "./manifests";
import { meetingForms, prepareMeeting } from "./meeting-forms";
import { onlineForms } from "./online-forms";
import { peopleForms } from "./people";
import { riskForms } from "./risk-forms";
import { roomForms } from "./room-forms";
import { seriesForms } from "./series-forms";
import type { Booking, World } from "./world";
import { locatorOf } from "./world";

/** The fields each action's form has, for the booking in question. */
export async function formFor(
  world: World,
  name: string,
  about: Booking,
): Promise<Readonly<Record<string, string>>> {
  const action = name.split("#")[1] ?? "";
  const owned = async (table: string): Promise<string> => {
    const { rows } = await world.db.query<{ id: string }>(
      `SELECT id FROM ${table} WHERE meeting_id = $1 ORDER BY created_at LIMIT 1`,
      [about.id],
    );
    return rows[0]?.id ?? "";
  };
  const meeting = { meetingId: about.id, version: String(about.version), reason: "because" };
  const held = { locator: locatorOf(about.manageToken), version: String(about.version) };
  const forms: Readonly<Record<string, () => Promise<Record<string, string>>>> = {
    signInAction: async () => ({ email: "host@meridian.example", password: "meridian-demo" }),
    signOutAction: async () => ({}),
    setUpAction: async () => ({
      code: "0".repeat(52),
      workspaceName: "Mine",
      zone: "UTC",
      name: "Me",
      email: "me@example.org",
      password: "correct horse battery",
    }),
    bookAction: async () => ({
      link: "demo",
      start: await world.nextStart(),
      name: "Guest",
      email: `${randomUUID()}@example.org`,
      zone: "UTC",
      key: randomBytes(16).toString("hex"),
    }),
    bookInFrameAction: async () => ({
      link: "demo",
      start: await world.nextStart(),
      name: "Guest",
      email: `${randomUUID()}@example.org`,
      zone: "UTC",
      key: randomBytes(16).toString("hex"),
    }),
    joinWaitingListAction: async () => ({
      link: "demo-class",
      name: "Guest",
      email: `${randomUUID()}@example.org`,
      zone: "UTC",
    }),
    leaveWaitingListAction: async () => ({ token: "A".repeat(43) }),
    rescheduleAction: async () => ({ ...held, start: await world.nextStart() }),
    cancelBookingAction: async () => held,
    undoCancelAction: async () => held,
    confirmMeetingAction: async () => meeting,
    declineMeetingAction: async () => meeting,
    cancelMeetingAction: async () => meeting,
    resendMailAction: async () => ({ ...meeting, mailId: await owned("mail_message") }),
    completeTaskAction: async () => ({ taskId: await owned("task") }),
    markReadAction: async () => ({ id: await owned("notification") }),
    ...adminForms(world, about),
    ...elsewhereForms(world, about),
    ...calendarForms(world, about),
    ...seriesForms(world, about),
    ...meetingForms(world, about),
    ...onlineForms(world, about),
    ...roomForms(world, about),
    ...hoursForms(world),
    ...linkForms(world),
    ...mailForms(world, about),
    ...accountForms,
    ...crmForms(world, about),
    ...crmSetUpForms(world, about),
    ...dashboardForms(world, about),
    ...riskForms(world, about),
  };
  const call = accountCalls(world)[action];
  if (call) return { [ARGUMENTS]: JSON.stringify(await call()) };
  const form = forms[action] ?? peopleForms(world, about)[action];
  if (!form) throw new Error(`no form is known for ${name}`);
  return form();
}

/** Brings the booking into the state in which the action would do something. */
export async function prepareFor(world: World, name: string, about: Booking): Promise<void> {
  await prepareLink(world, name);
  await prepareMeeting(world, name, about);
  await prepareCrm(world, name, about);
  if (name.endsWith("#resendMailAction")) {
    await world.db.query("UPDATE mail_message SET state = 'sent' WHERE meeting_id = $1", [
      about.id,
    ]);
  }
  if (name.endsWith("#markReadAction")) {
    await world.db.query(
      `INSERT INTO notification (workspace_id, id, user_id, meeting_id, kind, title)
       SELECT m.workspace_id, $1, u.id, m.id, 'request', 'News' FROM meeting m
         JOIN app_user u ON u.workspace_id = m.workspace_id AND u.email = 'host@meridian.example'
        WHERE m.id = $2`,
      [randomUUID(), about.id],
    );
  }
  if (name.endsWith("#takeBackMoveAction")) {
    const move = "lib/meetings/actions/move-meeting.ts#moveMeetingAction";
    await callAction(world, {
      id: idOf(move),
      page: "/meetings",
      name: move,
      role: "host",
      about,
      fields: await formFor(world, move, about),
    });
  }
  if (name.endsWith("#undoCancelAction")) {
    await callAction(world, {
      id: idOf("lib/booking/actions.ts#cancelBookingAction"),
      page: "/m/[token]",
      name: "lib/booking/actions.ts#cancelBookingAction",
      role: "guest",
      about,
      fields: await formFor(world, "x#cancelBookingAction", about),
    });
  }
}

function idOf(name: string): string {
  return builtActions().find((action) => action.name === name)?.id ?? "";
}

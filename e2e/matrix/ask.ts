import { randomBytes, randomUUID } from "node:crypto";
import { accountCalls, accountForms } from "./account";
import { adminForms } from "./admin-forms";
import { apiBodies, ownVirtualRoom, proposalId, roomId } from "./api-things";
import { calendarForms } from "./calendar-forms";
import { elsewhereForms, endpointBody } from "./elsewhere-forms";
import type { Role } from "./expected";
import { hoursForms } from "./hours-forms";
import { linkForms, linkId, prepareLink } from "./link-forms";
import { mailForms } from "./mail-forms";
import type { BuiltAction } from "./manifests";
import { meetingForms, prepareMeeting } from "./meeting-forms";
import { onlineForms, virtualRoomId } from "./online-forms";
import { peopleForms } from "./people";
import { roomForms } from "./room-forms";
import { seriesForms } from "./series-forms";
import type { Booking, World } from "./world";
import { locatorOf } from "./world";

/**
 * What fills the bracketed parts of a path for this role. What a path names and does not exist yet is made, once for
 * each booking.
 */
export async function pathFor(
  world: World,
  pattern: string,
  role: Role,
  about: Booking,
): Promise<string> {
  const capability = world.capabilityOf(role, about);
  const values: Readonly<Record<string, () => string | Promise<string>>> = {
    "[id]": async () => {
      if (pattern.startsWith("/links")) return linkId(world);
      if (pattern.startsWith("/virtual-rooms")) return virtualRoomId(world, about);
      if (pattern.startsWith("/api/v1/virtual-rooms"))
        return (await ownVirtualRoom(world, about)).virtualRoomId;
      if (/^\/(?:api\/v1\/)?rooms/.test(pattern)) return roomId(world, about);
      return pattern.startsWith("/mailbox") ? randomUUID() : about.id;
    },
    "[accountId]": async () => (await ownVirtualRoom(world, about)).accountId,
    "[meetingId]": () => about.id,
    "[proposalId]": () => proposalId(world, about),
    "[manageToken]": () => capability,
    "[token]": () => (pattern.startsWith("/m/") ? locatorOf(about.manageToken) : "demo"),
    "[signed]": () => (role === "guest" ? signedFile(world, about) : "bm90aGluZw.zz.bm90aGluZw"),
    "[locale]": () => "en",
    "[zone]": () => "UTC",
    "[day]": () => "none",
    "[...missing]": () => `nothing/${randomUUID()}`,
  };
  const parts = pattern.split("/").map((part) => values[part]?.() ?? part);
  return (await Promise.all(parts)).join("/");
}

async function signedFile(world: World, about: Booking): Promise<string> {
  const answer = await fetch(`${world.url}/api/v1/bookings/${about.manageToken}`);
  const { calendarFileUrl } = (await answer.json()) as { calendarFileUrl: string | null };
  return calendarFileUrl?.split("/").at(-1) ?? "none";
}

/** Bodies that ask for nothing of the world, by how the path ends. */
const BODIES: Readonly<Record<string, () => object>> = {
  "/close": () => ({ outcome: "done" }),
  "/reopen": () => ({}),
  "/confirm": () => ({}),
  "/auth/passkey": () => ({ purpose: "sign-in" }),
  "/privacy/export": () => ({ email: `${randomUUID()}@example.org` }),
  "/visits": () => ({ kind: "view" }),
  "/webhooks": endpointBody,
  "/displays/current": () => ({ do: "take", minutes: 15 }),
};

async function bodyFor(world: World, method: string, pattern: string): Promise<object> {
  const known = apiBodies[`${method} ${pattern}`];
  if (known) return known(world);
  if (pattern.endsWith("/bookings")) {
    const start = await world.nextStart();
    return { start, name: "Guest", email: `${randomUUID()}@example.org`, zone: "UTC" };
  }
  if (pattern === "/api/v1/meetings" || pattern === "/api/v1/meetings/conflicts") {
    const start = await world.nextStart();
    const end = new Date(Date.parse(start) + 1_800_000).toISOString();
    return pattern.endsWith("/conflicts")
      ? { events: [{ key: "a", start, end }] }
      : { subject: `Matrix ${randomUUID()}`, start, end, confirm: false };
  }
  if (method === "PATCH" && pattern.startsWith("/api/v1/meetings/")) {
    return { agenda: `Matrix ${randomUUID()}` };
  }
  if (method === "PATCH" || pattern.endsWith("/reschedule")) {
    return { start: await world.nextStart() };
  }
  const ending = Object.keys(BODIES).find((one) => pattern.endsWith(one));
  return BODIES[ending ?? ""]?.() ?? { reason: "because" };
}

/** What a route must be asked with, when that is not in its path. */
const ONE_DAY = "?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z";
const QUERIES: Readonly<Record<string, string>> = {
  "/api/v1/free-busy": ONE_DAY,
  "/api/v1/free-busy/conflicts": ONE_DAY,
  "/api/v1/free-busy/rooms": ONE_DAY,
};

/** Asks for a route the way a browser on our own pages would. */
export async function askRoute(
  world: World,
  what: { readonly method: string; readonly pattern: string; readonly role: Role },
  about: Booking,
): Promise<Response> {
  const { method, pattern, role } = what;
  const path = await pathFor(world, pattern, role, about);
  const hasBody = !["GET", "HEAD", "OPTIONS"].includes(method);
  return fetch(`${world.url}${path}${QUERIES[pattern] ?? ""}`, {
    method,
    redirect: "manual",
    headers: {
      cookie: world.cookieOf(role, about),
      ...(hasBody ? { "content-type": "application/json", origin: world.url } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(await bodyFor(world, method, pattern)) } : {}),
  });
}

/** Under this name stand, as JSON, the arguments of an action that takes no form. */
const ARGUMENTS = "$arguments";

/** What was spoilt on the way to being arguments is one argument. */
function argumentsIn(written: string): string {
  try {
    if (Array.isArray(JSON.parse(written))) return written;
  } catch {
    // Said below.
  }
  return JSON.stringify([written]);
}

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
  if (name.endsWith("#resendMailAction")) {
    await world.db.query("UPDATE mail_message SET state = 'sent' WHERE meeting_id = $1", [
      about.id,
    ]);
  }
  if (name.endsWith("#takeBackMoveAction")) {
    const move = "lib/meetings/actions/move-meeting.ts#moveMeetingAction";
    await callAction(world, {
      id: await idOf(move),
      page: "/meetings",
      name: move,
      role: "host",
      about,
      fields: await formFor(world, move, about),
    });
  }
  if (name.endsWith("#undoCancelAction")) {
    await callAction(world, {
      id: await idOf("lib/booking/actions.ts#cancelBookingAction"),
      page: "/m/[token]",
      name: "lib/booking/actions.ts#cancelBookingAction",
      role: "guest",
      about,
      fields: await formFor(world, "x#cancelBookingAction", about),
    });
  }
}

async function idOf(name: string): Promise<string> {
  const { builtActions } = await import("./manifests");
  return builtActions().find((action) => action.name === name)?.id ?? "";
}

// Actions whose only argument is the form; the others are also given the answer before.
const FORM_ONLY =
  /#(?:answerInvitation|bookInFrame|leaveWaitingList|signOut|leaveStep|completeTask|markRead)Action$|^lib\/(?:links\/|meetings\/actions\/(?:(?:move|save)-meeting|series))/;

function formBody(call: { name: string; fields: Readonly<Record<string, string>> }): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(call.fields)) body.append(`_1_${name}`, value);
  body.append("0", FORM_ONLY.test(call.name) ? '["$K1"]' : '[{"status":"idle"},"$K1"]');
  return body;
}

/** Calls a server action over the wire, as the framework's own client does. */
export async function callAction(
  world: World,
  call: BuiltAction & {
    readonly role: Role;
    readonly about: Booking;
    readonly fields: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<Response> {
  const written = call.fields[ARGUMENTS];
  const body = written === undefined ? formBody(call) : argumentsIn(written);
  const path = await pathFor(world, call.page, call.role, call.about);
  return fetch(`${world.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: {
      cookie: world.cookieOf(call.role, call.about),
      origin: world.url,
      "next-action": call.id,
      accept: "text/x-component",
      ...(typeof body === "string" ? { "content-type": "text/plain;charset=UTF-8" } : {}),
      ...call.headers,
    },
    body,
  });
}

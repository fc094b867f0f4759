import { randomUUID } from "node:crypto";
import { apiBodies, ownVirtualRoom, proposalId, roomId } from "./api-things";
import { crmBodies, crmIds, leadOf } from "./crm-forms";
import { endpointBody } from "./elsewhere-forms";
import { linkId } from "./link-forms";
import type { BuiltAction } from "./manifests";
import { virtualRoomId } from "./online-forms";
import type { Role } from "./roles";
import type { Booking, World } from "./world";
import { locatorOf } from "./world";

type Maker = (world: World, about: Booking) => string | Promise<string>;

/** What `[id]` stands for, by how the path begins; in others it is the meeting. */
const IDS: Readonly<Record<string, Maker>> = {
  "/links/": linkId,
  "/virtual-rooms/": virtualRoomId,
  "/api/v1/virtual-rooms/": async (world, about) =>
    (await ownVirtualRoom(world, about)).virtualRoomId,
  "/rooms/": roomId,
  "/api/v1/rooms/": roomId,
  "/mailbox/": () => randomUUID(),
  ...crmIds,
};

function idFor(world: World, pattern: string, about: Booking): string | Promise<string> {
  const beginning = Object.keys(IDS).find((one) => pattern.startsWith(one));
  return IDS[beginning ?? ""]?.(world, about) ?? about.id;
}

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
  // What the call names in its body.
  if (pattern === "/api/v1/activities") await leadOf(world, about);
  const values: Readonly<Record<string, () => string | Promise<string>>> = {
    "[id]": () => idFor(world, pattern, about),
    "[accountId]": async () => (await ownVirtualRoom(world, about)).accountId,
    "[meetingId]": () => about.id,
    "[proposalId]": () => proposalId(world, about),
    "[manageToken]": () => capability,
    "[token]": () => (pattern.startsWith("/m/") ? locatorOf(about.manageToken) : "demo"),
    "[signed]": () => (role === "guest" ? signedFile(world, about) : "bm90aGluZw.zz.bm90aGluZw"),
    "[locale]": () => "en",
    "[file]": () => "export.csv",
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

async function bodyFor(
  world: World,
  about: Booking,
  { method, pattern }: { readonly method: string; readonly pattern: string },
): Promise<object> {
  const known = { ...apiBodies, ...crmBodies }[`${method} ${pattern}`];
  if (known) return known(world, about);
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
  "/dashboards/strategic/deals": "?part=end",
  "/api/v1/pipeline/cards":
    "?view=forecast&column=undated&afterId=00000000-0000-4000-8000-000000000000",
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
    ...(hasBody ? { body: JSON.stringify(await bodyFor(world, about, what)) } : {}),
  });
}

/** Under this name stand, as JSON, the arguments of an action that takes no form. */
export const ARGUMENTS = "$arguments";

/** As React writes them: a text that begins with its own sign has it twice, or it would be a reference. */
const asArguments = (values: readonly unknown[]): string =>
  JSON.stringify(values, (_name, value: unknown) =>
    typeof value === "string" && value.startsWith("$") ? `$${value}` : value,
  );

/** What was spoilt on the way to being arguments is one argument. */
function argumentsIn(written: string): string {
  try {
    const values: unknown = JSON.parse(written);
    if (Array.isArray(values)) return asArguments(values);
  } catch {
    // Said below.
  }
  return asArguments([written]);
}

// Actions whose only argument is the form; the others are also given the answer before.
const FORM_ONLY =
  /#(?:answerInvitation|bookInFrame|leaveWaitingList|signOut|leaveStep|completeTask|markRead|setTargets)Action$|^lib\/(?:links\/|dashboards\/actions\/(?:views|schedules|risk)\.ts|meetings\/actions\/(?:(?:move|save)-meeting|series)|crm\/actions\/(?:activities|board|bulk|deal|import|merge|merge-parties|parties|undo|views)\.ts)/;

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

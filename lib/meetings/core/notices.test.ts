import { expect, test } from "vitest";
import type { UserId } from "@/lib/ids";
import { noticeKinds } from "@/lib/notifications/core/inbox";
import { UTC } from "@/lib/time/zone";
import type { MailEvent } from "./mail-events";
import { MAIL_EVENTS, MAIL_MATRIX } from "./mail-events";
import type { Attendee, Meeting } from "./meeting";
import { NEW_ATTENDEE } from "./meeting";
import { noticesFor } from "./notices";

const meeting = { workspaceId: "w", id: "m", subject: "Roadmap" } as Pick<
  Meeting,
  "workspaceId" | "id" | "subject"
>;

const reader = (kind: Attendee["kind"], userId: string | null): Attendee => ({
  ...NEW_ATTENDEE,
  id: `a-${userId}`,
  kind,
  userId: userId as UserId | null,
  resourceId: null,
  zone: UTC,
  locale: "en",
  name: "N",
  email: "n@x.example",
});

const kindsOf = (
  event: MailEvent,
  who: Attendee,
  more: Partial<Parameters<typeof noticesFor>[2]> = {},
) =>
  noticesFor(meeting, [{ attendee: who, event }], { by: null, detail: null, ...more }).map(
    ({ kind }) => kind,
  );

test("a colleague hears in the inbox of everything they are mailed, under a kind the inbox knows", () => {
  for (const event of MAIL_EVENTS.filter((one) => MAIL_MATRIX[one].includes("attendee"))) {
    const kinds = kindsOf(event, reader("attendee", "u"));
    expect(kinds, event).toHaveLength(1);
    expect(noticeKinds).toContain(kinds[0]);
  }
});

test("guests have no inbox, nobody hears of their own act, and nobody twice", () => {
  expect(kindsOf("moved", reader("guest", null))).toEqual([]);
  expect(kindsOf("moved", reader("attendee", "u"), { by: "u" })).toEqual([]);
  expect(kindsOf("moved", reader("attendee", "u"), { told: ["u"] })).toEqual([]);
  expect(kindsOf("confirmed", reader("host", "h"))).toEqual([]);
  expect(kindsOf("moved", reader("host", "h"), { by: "u" })).toEqual(["moved"]);
});

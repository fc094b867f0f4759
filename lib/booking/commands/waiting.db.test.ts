import { expect } from "vitest";
import { manageToken } from "@/lib/crypto/capability";
import { hashToken } from "@/lib/crypto/token";
import type { Throttle } from "@/lib/http/throttle";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { instantOf } from "@/lib/time/instant";
import { guestActor } from "../core/guest-actor";
import { WAITING_MAIL, waitingFacts } from "../core/waiting";
import { handleTellWaiting } from "../handlers/tell-waiting";
import { renderWaitingMail } from "../mails/render-waiting-mail";
import { findWaiting } from "../reads";
import { bookingInput, waitingInput } from "../schema";
import { endWaiting } from "../writes";
import { bookMeeting } from "./book-meeting";
import { joinWaitingList } from "./join-waiting-list";

const open: Throttle = {
  consume: async () => ({ ok: true }),
  check: async () => ({ ok: true }),
  giveBack: async () => undefined,
  forget: async () => undefined,
};
const address = { address: "203.0.113.9", throttleKey: "203.0.113.9" };
const TEN = "2026-11-24T10:00:00Z";

/** One hour a week: Tuesday at ten. */
async function aRareLink(house: House, given: Parameters<typeof makeLink>[2] = {}) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId, { hours: [[2, 600, 660]] });
  const link = await makeLink(house.db, [host], {
    duration_minutes: 60,
    waiting_list: true,
    horizon: { kind: "days", days: 3 },
    ...given,
  });
  return { workspaceId, host, link };
}

const join = (house: House, linkToken: string, email: string, locale = "en") => {
  const input = waitingInput.parse({ name: "Mika Tanaka", email, zone: "Asia/Tokyo", locale });
  return joinWaitingList({ linkToken, input, address }, { ...house, throttle: open });
};

async function taken(house: House, linkToken: string) {
  const input = bookingInput.parse({ start: TEN, zone: "UTC", name: "A", email: "a@x.example" });
  const booked = await bookMeeting({ linkToken, input }, house);
  if (!booked.ok) throw new Error(booked.refusal.reason);
  const meeting = await findMeeting(house.db, { tokenHash: hashToken(booked.value.manageToken) });
  if (meeting?.tokenAttendeeId == null) throw new Error("no meeting");
  return { meeting, actor: guestActor(meeting, meeting.tokenAttendeeId) };
}

const told = async (house: House, workspaceId: string) => {
  const mails = await house.db.mailMessage.findMany({
    where: { workspaceId, event: "waiting/freed" },
    orderBy: { createdAt: "asc" },
  });
  return mails.map(({ toEmail }) => toEmail);
};

test("a cancelled time is told to the guest who waits longest, an hour later to the next", async ({
  house,
}) => {
  const { workspaceId, link } = await aRareLink(house);
  const { meeting, actor } = await taken(house, link.token);
  expect((await join(house, link.token, "first@x.example")).ok).toBe(true);
  const minutes = (n: number): House => ({ ...house, now: () => instantOf(NOW + n * 60_000) });
  expect((await join(minutes(1), link.token, "second@x.example")).ok).toBe(true);
  const about = { workspaceId, linkId: link.id };
  await handleTellWaiting(about, house);
  expect(await told(house, workspaceId)).toEqual([]);

  const before = (await house.queue.findJobs("booking.time-freed")).length;
  await cancelMeeting({ actor, meeting, reason: null }, house);
  expect((await house.queue.findJobs("booking.time-freed")).length).toBe(before + 1);
  await Promise.all([handleTellWaiting(about, house), handleTellWaiting(about, house)]);
  expect(await told(house, workspaceId)).toEqual(["first@x.example"]);
  await handleTellWaiting(about, minutes(30));
  expect(await told(house, workspaceId)).toEqual(["first@x.example"]);
  await handleTellWaiting(about, minutes(61));
  expect(await told(house, workspaceId)).toEqual(["first@x.example", "second@x.example"]);
});

test("joining twice is answered alike and mails once; who leaves or books is told nothing more", async ({
  house,
}) => {
  const { workspaceId, link } = await aRareLink(house);
  const { meeting, actor } = await taken(house, link.token);
  await join(house, link.token, "leaver@x.example");
  expect((await join(house, link.token, "leaver@x.example")).ok).toBe(true);
  const joined = { workspaceId, event: "waiting/joined" };
  expect(await house.db.mailMessage.count({ where: joined })).toBe(1);
  const [row] = await house.db.waitingGuest.findMany({ where: { workspaceId } });
  const token = manageToken(house.keys, row?.id ?? "", WAITING_MAIL, 0);
  expect(await findWaiting(house.db, hashToken(token))).toMatchObject({ waits: true });
  await endWaiting(house.db, { tokenHash: hashToken(token) }, NOW);
  expect(await findWaiting(house.db, hashToken(token))).toMatchObject({ waits: false });

  await join(house, link.token, "booker@x.example");
  await cancelMeeting({ actor, meeting, reason: null }, house);
  const input = bookingInput.parse({
    start: TEN,
    zone: "UTC",
    name: "B",
    email: "booker@x.example",
  });
  expect((await bookMeeting({ linkToken: link.token, input }, house)).ok).toBe(true);
  await handleTellWaiting({ workspaceId, linkId: link.id }, house);
  expect(await told(house, workspaceId)).toEqual([]);
});

test("a link without a list takes nobody, and neither does one that is closed", async ({
  house,
}) => {
  const none = await aRareLink(house, { waiting_list: false });
  const shut = await aRareLink(house, { active: false });
  for (const { link } of [none, shut]) {
    const refused = await join(house, link.token, "x@x.example");
    expect(!refused.ok && refused.refusal.reason).toBe("no-waiting-list");
  }
});

test("the mail names the time in the guest's zone and language, and leads to it and off the list", async ({
  house,
}) => {
  const { workspaceId, link } = await aRareLink(house, { name: "Tuesday hour" });
  for (const locale of ["en", "ja", "id", "de", "ar"]) {
    await join(house, link.token, `${locale}@x.example`, locale);
  }
  await handleTellWaiting({ workspaceId, linkId: link.id }, house);
  const rows = await house.db.mailMessage.findMany({ where: { workspaceId } });
  expect(rows.filter(({ event }) => event === "waiting/freed")).toHaveLength(1);
  const from = { address: "meetings@meridian.example", name: "Halden Works" };
  for (const row of rows) {
    const outbox = { ...row, tokenHash: null, suppressed: false };
    const mail = await renderWaitingMail(outbox as never, { ...house, from });
    const source = mail?.raw.toString("utf8") ?? "";
    expect(source).toContain("waiting/");
    const { waitingId } = waitingFacts.parse(row.facts);
    const capability = manageToken(house.keys, waitingId, WAITING_MAIL, 0);
    expect(JSON.stringify(row.facts)).not.toContain(capability);
    if (row.event === "waiting/freed") expect(source).toContain("19:00 JST");
  }
});

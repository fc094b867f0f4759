import { expect } from "vitest";
import { readAnswerLink } from "@/lib/mail/answer-link";
import { answerInvitation } from "@/lib/meetings/commands/answer-invitation";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { meetingChanges } from "@/lib/meetings/schema";
import {
  entryIn,
  fivePeople,
  invite,
  memberOf,
  readMeeting,
  replyTo,
  sendWaiting,
  textOf,
} from "@/lib/testing/factories/invitations";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { answerByLink } from "./answer-by-link";
import { receiveMail } from "./receive-mail";

const INBOUND = "answers@meridian.example";

const listening = (house: House) => ({ ...house, inboundAddress: INBOUND });

async function invited(house: House, given: Record<string, unknown> = {}) {
  const people = await fivePeople(house);
  const [ana] = people;
  const meeting = await invite(listening(house), people, given);
  const mails = await sendWaiting(listening(house), meeting.workspaceId);
  const mailTo = (email: string) => {
    const mail = mails.find(({ to }) => to.address === email);
    if (mail === undefined) throw new Error(`no mail to ${email}`);
    return mail;
  };
  const kenji = people[2];
  if (kenji === undefined) throw new Error("nobody");
  return { meeting, people, ana, kenji, mails, mailTo };
}

const answerOf = async (house: House, meeting: Meeting, email: string) => {
  const found = (await readMeeting(house, meeting)).attendees.find((one) => one.email === email);
  return { answer: found?.answer, note: found?.answerNote ?? null };
};

const take = (house: House, raw: Buffer, envelope: readonly string[] = []) =>
  receiveMail({ raw, envelope }, listening(house));

const notices = async (house: House, userId: string, kind: string) =>
  (await house.db.notification.findMany({ where: { userId, kind } })).map(({ detail }) => detail);

test("the buttons of an invitation answer for its reader, who may change their mind", async ({
  house,
}) => {
  const { meeting, ana, kenji, mailTo } = await invited(house);
  const text = await textOf(mailTo(kenji.email));
  const [yes = "", maybe = "", no = ""] = text.match(/https:\/\/\S+\/answer\/\S+/g) ?? [];
  expect([yes, maybe, no].map((url) => new URL(url).searchParams.get("answer"))).toEqual([
    "accepted",
    "tentative",
    "declined",
  ]);
  const token = new URL(no).pathname.split("/").at(-1) ?? "";
  const link = readAnswerLink(house.keys, token, NOW);
  if (link === undefined) throw new Error("the link opens nothing");
  const said = await answerByLink(link, { answer: "declined", note: "On leave" }, house);
  expect(said).toEqual({ ok: true, value: "declined" });
  expect(await answerOf(house, meeting, kenji.email)).toEqual({
    answer: "declined",
    note: "On leave",
  });
  expect(await notices(house, ana.id, "answered")).toEqual(["Kenji Mori does not come: On leave"]);
  const [told] = await sendWaiting(house, meeting.workspaceId);
  expect(told?.to.address).toBe(ana.email);
  expect(told?.subject).toBe("Answer: Roadmap review @ 13:00 (SGT)");
  expect(told?.text).toContain("Kenji Mori does not come, although the meeting needs them.");
  await answerByLink(link, { answer: "accepted", note: null }, house);
  expect(await answerOf(house, meeting, kenji.email)).toEqual({ answer: "accepted", note: null });
  // A yes is no mail, and the same again no news.
  await answerByLink(link, { answer: "accepted", note: null }, house);
  expect(await sendWaiting(house, meeting.workspaceId)).toEqual([]);
  expect(await notices(house, ana.id, "answered")).toHaveLength(2);
  const history = await house.db.meetingEvent.findMany({ where: { meetingId: meeting.id } });
  expect(history.map(({ kind }) => kind).filter((kind) => kind.startsWith("answer"))).toEqual([
    "answer-declined",
    "answer-accepted",
  ]);
});

test("a link that was altered, or is of another purpose, answers nothing", async ({ house }) => {
  const { kenji, mailTo } = await invited(house);
  const text = await textOf(mailTo(kenji.email));
  const token = /\/answer\/([\w.-]+)/.exec(text)?.[1] ?? "";
  expect(readAnswerLink(house.keys, token, NOW)).toBeDefined();
  expect(readAnswerLink(house.keys, `${token.slice(0, -1)}A`, NOW)).toBeUndefined();
  expect(readAnswerLink(house.keys, token.replace(/^./, "B"), NOW)).toBeUndefined();
  const file = /\/calendar-files\/([\w.-]+)/.exec(text)?.[1] ?? "";
  expect(readAnswerLink(house.keys, file, NOW)).toBeUndefined();
  expect(readAnswerLink(house.keys, token, at("2029-01-01T00:00:00Z"))).toBeUndefined();
});

test("a colleague answers for themselves and for nobody else; the host has nothing to answer", async ({
  house,
}) => {
  const { meeting, ana, kenji, people } = await invited(house);
  const attendeeOf = (userId: string) =>
    meeting.attendees.find((one) => one.userId === userId)?.id ?? "";
  const asked = (who: typeof kenji, whose: typeof kenji) =>
    answerInvitation(
      {
        actor: memberOf(who),
        meeting,
        attendeeId: attendeeOf(whose.id),
        answer: "tentative",
        note: null,
      },
      house,
    );
  expect((await asked(kenji, kenji)).ok).toBe(true);
  const [, budi = kenji] = people;
  expect(await asked(kenji, budi)).toEqual({ ok: false, refusal: "not-invited" });
  expect(await asked(ana, ana)).toEqual({ ok: false, refusal: "not-invited" });
});

test("a calendar's reply to the reader's own address is their answer, once", async ({ house }) => {
  const { meeting, ana, kenji, mailTo } = await invited(house);
  const mail = mailTo(kenji.email);
  expect(String(entryIn(mail).getFirstPropertyValue("organizer"))).toMatch(
    /^mailto:answers\+[0-9a-f]{32}@meridian\.example$/,
  );
  const raw = replyTo(mail, { partstat: "TENTATIVE", comment: "Train\\, perhaps late" });
  expect(await take(house, raw)).toEqual({ status: 200, outcome: "answered" });
  expect(await answerOf(house, meeting, kenji.email)).toEqual({
    answer: "tentative",
    note: "Train, perhaps late",
  });
  expect(await take(house, raw)).toEqual({ status: 200, outcome: "known" });
  expect(await notices(house, ana.id, "answered")).toEqual([
    "Kenji Mori may come: Train, perhaps late",
  ]);
  // Said earlier, arrived later.
  const older = replyTo(mail, { partstat: "DECLINED", stamp: "20261123T075900Z" });
  expect((await take(house, older)).outcome).toBe("out-of-date");
  expect((await answerOf(house, meeting, kenji.email)).answer).toBe("tentative");
});

test("nobody answers in another's name: the sender, the tag and the meeting must belong together", async ({
  house,
}) => {
  const { meeting, kenji, mailTo, people } = await invited(house);
  const mail = mailTo(kenji.email);
  const [, budi = kenji] = people;
  const stranger = replyTo(mail, { partstat: "DECLINED", from: "mallory@evil.example" });
  expect((await take(house, stranger)).outcome).toBe("not-the-reader");
  // A colleague's own tag is none of Kenji's.
  const organizer = String(entryIn(mailTo(budi.email)).getFirstPropertyValue("organizer"));
  const borrowed = replyTo(mail, { partstat: "DECLINED", to: organizer.replace(/^mailto:/, "") });
  expect((await take(house, borrowed)).outcome).toBe("not-the-reader");
  const bare = replyTo(mail, { partstat: "DECLINED", to: INBOUND });
  expect((await take(house, bare)).outcome).toBe("not-the-reader");
  // The server may say where it really went.
  const own = String(entryIn(mail).getFirstPropertyValue("organizer")).replace(/^mailto:/, "");
  const enveloped = replyTo(mail, { partstat: "DECLINED", to: INBOUND });
  expect((await answerOf(house, meeting, kenji.email)).answer).toBe("needs-action");
  expect((await take(house, enveloped, [own])).outcome).toBe("answered");
});

test("a reply to an earlier revision says nothing of this one; after the meeting nothing is asked", async ({
  house,
}) => {
  const { meeting, ana, kenji, mailTo } = await invited(house);
  const mail = mailTo(kenji.email);
  const moved = await editMeeting(
    {
      actor: memberOf(ana),
      meeting,
      version: meeting.version,
      input: meetingChanges.parse({ start: "2026-11-25T07:00:00Z", end: "2026-11-25T08:00:00Z" }),
    },
    house,
  );
  expect(moved.ok).toBe(true);
  expect((await take(house, replyTo(mail, { partstat: "ACCEPTED" }))).outcome).toBe("out-of-date");
  const [news] = (await sendWaiting(listening(house), meeting.workspaceId)).filter(
    ({ to }) => to.address === kenji.email,
  );
  if (news === undefined) throw new Error("nobody told Kenji");
  // The same ORGANIZER and UID for life, or a calendar would take it for another meeting.
  for (const name of ["organizer", "uid"])
    expect(entryIn(news).getFirstPropertyValue(name)).toEqual(
      entryIn(mail).getFirstPropertyValue(name),
    );
  expect((await take(house, replyTo(news, { partstat: "ACCEPTED" }))).outcome).toBe("answered");
  const late = { ...listening(house), now: () => at("2026-11-26T00:00:00Z") };
  const tardy = replyTo(news, { partstat: "DECLINED", stamp: "20261126T000000Z" });
  expect((await receiveMail({ raw: tardy, envelope: [] }, late)).outcome).toBe("not-asked");
});

test("a counter-proposal by mail is a proposal its host may take", async ({ house }) => {
  const { meeting, ana, kenji, mailTo } = await invited(house);
  const raw = replyTo(mailTo(kenji.email), {
    method: "COUNTER",
    partstat: "DECLINED",
    proposed: ["20261126T050000Z", "20261126T060000Z"],
    comment: "A day later?",
  });
  expect((await take(house, raw)).outcome).toBe("proposed");
  const [proposal] = await house.db.timeProposal.findMany({ where: { meetingId: meeting.id } });
  expect(proposal?.startsAt.toISOString()).toBe("2026-11-26T05:00:00.000Z");
  expect(proposal?.note).toBe("A day later?");
  expect(await notices(house, ana.id, "proposed")).toEqual(["Kenji Mori: A day later?"]);
  expect((await answerOf(house, meeting, kenji.email)).answer).toBe("needs-action");
});

test("what is no answer is taken and left alone; what cannot be read is refused", async ({
  house,
}) => {
  const { kenji, mailTo } = await invited(house);
  const mail = mailTo(kenji.email);
  const person = Buffer.from(
    `From: ${kenji.email}\r\nTo: ${INBOUND}\r\nMessage-ID: <1@x.example>\r\n\r\nThanks, see you!\r\n`,
  );
  expect(await take(house, person)).toEqual({ status: 200, outcome: "no-answer" });
  const invitation = Buffer.from(mail.raw.toString("latin1"), "latin1");
  expect((await take(house, invitation)).outcome).toBe("no-answer");
  const reply = replyTo(mail, { partstat: "ACCEPTED" }).toString();
  for (const broken of [
    reply.replace("BEGIN:VCALENDAR", "BEGIN:NOTHING"),
    reply.replace("END:VEVENT", ""),
    reply.replace(/DTSTAMP:.*/, "DTSTAMP:yesterday"),
  ])
    expect((await take(house, Buffer.from(broken))).status).toBe(422);
  expect(await take(house, Buffer.from("\0\0\0"))).toEqual({ status: 422, outcome: "malformed" });
  expect(await take(house, Buffer.alloc(0))).toEqual({ status: 422, outcome: "malformed" });
});

test("of a cancelled meeting nothing is asked any more", async ({ house }) => {
  const { meeting, ana, kenji, mailTo } = await invited(house);
  const attendeeId = meeting.attendees.find(({ email }) => email === kenji.email)?.id ?? "";
  const cancelled = await cancelMeeting(
    { actor: memberOf(ana), meeting, reason: "Snow" },
    { ...house, now: () => instantOf(NOW + MINUTE_MS) },
  );
  expect(cancelled.ok).toBe(true);
  const link = { workspaceId: meeting.workspaceId, meetingId: meeting.id, attendeeId };
  expect(await answerByLink(link, { answer: "accepted", note: null }, house)).toEqual({
    ok: false,
    refusal: "not-asked",
  });
  const late = replyTo(mailTo(kenji.email), { partstat: "ACCEPTED", sequence: 9 });
  expect((await take(house, late)).outcome).toBe("not-asked");
});

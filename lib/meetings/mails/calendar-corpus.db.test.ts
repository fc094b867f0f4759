import ICAL from "ical.js";
import PostalMime from "postal-mime";
import { expect } from "vitest";
import type { OutgoingMail } from "@/lib/mail/transport";
import { cancelMeeting } from "@/lib/meetings/commands/cancel-meeting";
import { editMeeting } from "@/lib/meetings/commands/edit-meeting";
import { meetingChanges } from "@/lib/meetings/schema";
import { readWithKhal, readWithPython } from "@/lib/testing/calendar-readers";
import {
  FIVE,
  fivePeople,
  invite,
  memberOf,
  readMeeting,
  sendWaiting,
} from "@/lib/testing/factories/invitations";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { formatTimeRange } from "@/lib/time/format";
import { instantOf, toIso } from "@/lib/time/instant";
import { parseTimeZone, UTC } from "@/lib/time/zone";

const INBOUND = "answers@meridian.example";

/** What each reader's calendar was sent, in order: an invitation, a move, one reader taken off, a cancellation. */
async function corpus(house: House) {
  const listening = { ...house, inboundAddress: INBOUND };
  const people = await fivePeople(house);
  const [ana, , , , maria] = people;
  const actor = memberOf(ana);
  const meeting = await invite(listening, people, {
    subject: "Fahrplan; Q1, „schön“ 予定",
    agenda: "What shipped\nWhat slipped",
  });
  const { workspaceId } = meeting;
  const sent: OutgoingMail[] = await sendWaiting(listening, workspaceId);
  const change = async (given: Record<string, unknown>) => {
    const now = await readMeeting(house, meeting);
    const input = meetingChanges.parse(given);
    const asked = { actor, meeting: now, version: now.version, input };
    const changed = await editMeeting(asked, house);
    if (!changed.ok) throw new Error(JSON.stringify(changed.refusal));
    sent.push(...(await sendWaiting(listening, workspaceId)));
  };
  await change({ start: "2026-11-25T06:30:00Z", end: "2026-11-25T07:30:00Z" });
  const moved = await readMeeting(house, meeting);
  await change({
    people: people
      .slice(1)
      .filter((person) => person !== maria)
      .map(({ id }) => ({ userId: id })),
  });
  const last = await readMeeting(house, meeting);
  const cancelled = await cancelMeeting({ actor, meeting: last, reason: "Snow" }, house);
  if (!cancelled.ok) throw new Error(cancelled.refusal);
  sent.push(...(await sendWaiting(listening, workspaceId)));
  const filesTo = (email: string) =>
    sent.filter(({ to, ics }) => to.address === email && ics !== undefined);
  return { people, meeting, moved, filesTo, sent };
}

const contentOf = ({ ics }: OutgoingMail): string => ics?.content ?? "";

/** The same facts as the second parser gives, by the first. */
function readWithIcal(file: string) {
  const root = new ICAL.Component(ICAL.parse(file));
  const event = root.getFirstSubcomponent("vevent");
  const moment = (name: string) => {
    const time = event?.getFirstPropertyValue(name);
    if (!(time instanceof ICAL.Time)) throw new Error(`no ${name}`);
    return toIso(instantOf(time.toUnixTime() * 1_000));
  };
  return {
    method: String(root.getFirstPropertyValue("method")),
    uid: String(event?.getFirstPropertyValue("uid")),
    sequence: Number(event?.getFirstPropertyValue("sequence")),
    start: moment("dtstart"),
    end: moment("dtend"),
    status: String(event?.getFirstPropertyValue("status")),
    summary: String(event?.getFirstPropertyValue("summary")),
    organizer: String(event?.getFirstPropertyValue("organizer")),
    attendees: (event?.getAllProperties("attendee") ?? []).map((one) => ({
      address: String(one.getFirstValue()),
      partstat: String(one.getFirstParameter("partstat")),
    })),
  };
}

test("two readers of calendar files agree on every file, and on the meeting, in every reader's zone", {
  timeout: 120_000,
}, async ({ house }) => {
  const { people, meeting, moved, filesTo, sent } = await corpus(house);
  expect(filesTo(people[0].email)).toEqual([]);
  for (const [index, person] of people.entries()) {
    if (index === 0) continue;
    const mails = filesTo(person.email);
    const isRemoved = index === 4;
    // Taken off: out of their calendar, and nothing of the meeting afterwards.
    expect(mails.map(({ ics }) => ics?.method)).toEqual(
      isRemoved ? ["REQUEST", "REQUEST", "CANCEL"] : ["REQUEST", "REQUEST", "REQUEST", "CANCEL"],
    );
    const files = mails.map(contentOf);
    const first = files.map(readWithIcal);
    expect(readWithPython(files)).toEqual(first);
    const sequences = first.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    expect(new Set(first.map(({ uid }) => uid))).toEqual(new Set([meeting.uid]));
    expect(new Set(first.map(({ organizer }) => organizer)).size).toBe(1);
    expect(first[0]).toMatchObject({
      start: toIso(instantOf(meeting.start)),
      end: toIso(instantOf(meeting.end)),
      status: "CONFIRMED",
      summary: meeting.subject,
      attendees: [{ address: `MAILTO:${person.email}`, partstat: "NEEDS-ACTION" }],
    });
    expect(first[1]?.start).toBe(toIso(instantOf(moved.start)));
    expect(first.at(-1)?.status).toBe("CANCELLED");
    // As a calendar program shows it, on this reader's own clock: one entry, moved and not doubled.
    const zone = FIVE[index]?.zone ?? "UTC";
    const shown = readWithKhal(files.slice(0, 2), { zone, from: "2026-11-24", days: 3 });
    const range = formatTimeRange(
      { from: instantOf(moved.start), to: instantOf(moved.end) },
      { zone: parseTimeZone(zone) ?? UTC, locale: "en", hourCycle: 24 },
    );
    expect(shown.map(({ start, end }) => `${start.slice(-5)}–${end.slice(-5)}`)).toEqual([range]);
    expect(shown[0]?.title).toContain("予定");
  }
  // What a mail program is told beside the file is what the file says.
  for (const mail of sent.filter(({ ics }) => ics !== undefined)) {
    const { attachments } = await PostalMime.parse(mail.raw);
    const part = attachments.find(({ mimeType }) => mimeType === "text/calendar");
    expect(part?.method).toBe(mail.ics?.method);
    expect(contentOf(mail)).toContain(`METHOD:${mail.ics?.method}\r\n`);
  }
});

test("of a meeting that shares its list both readers see who else comes, and what they answered", async ({
  house,
}) => {
  const people = await fivePeople(house);
  const meeting = await invite(house, people, {
    sharesList: true,
    guests: [{ name: "Mika Sato", email: "mika@kaminari.example" }],
  });
  const mails = await sendWaiting(house, meeting.workspaceId);
  const files = mails.filter(({ ics }) => ics !== undefined).map(contentOf);
  expect(files).toHaveLength(5);
  const read = readWithPython(files);
  expect(read).toEqual(files.map(readWithIcal));
  for (const { attendees } of read) {
    expect(attendees).toHaveLength(6);
    expect(new Set(attendees.map(({ address }) => address)).size).toBe(6);
    expect(attendees.find(({ address }) => address === `MAILTO:${people[0].email}`)?.partstat).toBe(
      "ACCEPTED",
    );
  }
  const guest = mails.find(({ to }) => to.address === "mika@kaminari.example");
  expect(guest?.subject).toBe("Invitation: Roadmap review @ 13:00 (SGT)");
  expect(guest?.text).toContain("Also invited");
  expect(guest?.text).toContain("Will you come?");
});

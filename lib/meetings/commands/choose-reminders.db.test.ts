import { expect } from "vitest";
import { fivePeople, invite, memberOf, sendWaiting } from "@/lib/testing/factories/invitations";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { handleRemindMeeting } from "../handlers/remind-meeting";
import { chooseReminders } from "./choose-reminders";

async function invited(house: House, given: Record<string, unknown> = {}) {
  const people = await fivePeople(house);
  const meeting = await invite(house, people, given);
  await sendWaiting(house, meeting.workspaceId);
  return { people, meeting };
}

const remind = (
  house: House,
  meeting: Awaited<ReturnType<typeof invite>>,
  leadMinutes: number,
  now = "2026-11-24T05:00:00Z",
) =>
  handleRemindMeeting(
    {
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      sequence: meeting.sequence,
      leadMinutes,
    },
    { ...house, now: () => at(now) },
  );

const ordered = async (house: House, meetingId: string) =>
  (await house.queue.findJobs<{ meetingId: string; leadMinutes: number }>("meetings.remind"))
    .filter(({ data }) => data.meetingId === meetingId)
    .map(({ data }) => data.leadMinutes)
    .sort((a, b) => a - b);

const inboxOf = async (house: House, userId: string) =>
  (await house.db.notification.findMany({ where: { userId, kind: "reminder" } })).map(
    ({ detail }) => detail,
  );

test("a reminder comes by mail and in the inbox, to each on their own clock, once", async ({
  house,
}) => {
  const { people, meeting } = await invited(house);
  const [ana, , kenji] = people;
  expect(await ordered(house, meeting.id)).toEqual([60, 1440]);
  await remind(house, meeting, 1440);
  await remind(house, meeting, 1440);
  const mails = await sendWaiting(house, meeting.workspaceId);
  expect(mails).toHaveLength(5);
  expect(mails.every(({ ics }) => ics === undefined)).toBe(true);
  expect(await inboxOf(house, kenji?.id ?? "")).toEqual(["Wed 25 Nov, 14:00 JST"]);
  expect(await inboxOf(house, ana.id)).toEqual(["Wed 25 Nov, 13:00 SGT"]);
});

test("whoever chose times of their own is reminded then, also of what was confirmed before", async ({
  house,
}) => {
  const { people, meeting } = await invited(house);
  const [, budi] = people;
  if (budi === undefined) throw new Error("nobody");
  await chooseReminders({ actor: memberOf(budi), minutes: [30] }, house);
  expect(await ordered(house, meeting.id)).toEqual([30, 60, 1440]);
  await remind(house, meeting, 1440);
  const day = await sendWaiting(house, meeting.workspaceId);
  expect(day).toHaveLength(4);
  expect(day.map(({ to }) => to.address)).not.toContain(budi.email);
  await remind(house, meeting, 30, "2026-11-25T04:30:00Z");
  const half = await sendWaiting(house, meeting.workspaceId);
  expect(half.map(({ to }) => to.address)).toEqual([budi.email]);
  // None at all is a choice, too; and the product's own comes back.
  await chooseReminders({ actor: memberOf(budi), minutes: [] }, house);
  await remind(house, meeting, 60, "2026-11-25T04:00:00Z");
  expect((await sendWaiting(house, meeting.workspaceId)).map(({ to }) => to.address)).not.toContain(
    budi.email,
  );
});

test("a meeting's own reminders hold for everybody", async ({ house }) => {
  const people = await fivePeople(house);
  const [, budi] = people;
  if (budi === undefined) throw new Error("nobody");
  await chooseReminders({ actor: memberOf(budi), minutes: [5] }, house);
  const meeting = await invite(house, people, { reminderMinutes: [120] });
  await sendWaiting(house, meeting.workspaceId);
  expect(await ordered(house, meeting.id)).toEqual([120]);
  await remind(house, meeting, 120, "2026-11-25T03:00:00Z");
  expect(await sendWaiting(house, meeting.workspaceId)).toHaveLength(5);
});

test("what somebody switched off they do not get, by mail or in the inbox", async ({ house }) => {
  const { people, meeting } = await invited(house);
  const [, budi, kenji] = people;
  const off = (userId: string, channel: string) =>
    house.db.notificationPreference.create({
      data: {
        workspaceId: meeting.workspaceId,
        userId,
        event: "reminder",
        channel,
        enabled: false,
      },
    });
  await off(budi?.id ?? "", "mail");
  await off(kenji?.id ?? "", "inbox");
  await remind(house, meeting, 60);
  const mails = (await sendWaiting(house, meeting.workspaceId)).map(({ to }) => to.address);
  expect(mails).not.toContain(budi?.email);
  expect(mails).toContain(kenji?.email);
  expect(await inboxOf(house, budi?.id ?? "")).toHaveLength(1);
  expect(await inboxOf(house, kenji?.id ?? "")).toEqual([]);
});

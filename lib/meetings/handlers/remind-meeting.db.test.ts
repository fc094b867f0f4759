import { expect } from "vitest";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { bookingInput } from "@/lib/booking/schema";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { handleRemindMeeting } from "./remind-meeting";

async function aMeeting(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const link = await makeLink(house.db, [await makePerson(house.db, workspaceId)]);
  const booked = await bookMeeting(
    {
      linkToken: link.token,
      input: bookingInput.parse({
        start: "2026-11-25T10:00:00Z",
        zone: "UTC",
        name: "Mika",
        email: "mika@kaminari.example",
      }),
    },
    house,
  );
  if (!booked.ok) throw new Error(booked.refusal.reason);
  return { workspaceId, meetingId: booked.value.meetingId, sequence: 0 };
}

const reminders = (house: House, workspaceId: string) =>
  house.db.mailMessage.count({ where: { workspaceId, event: "reminder" } });

test("a reminder goes to guest and host once, also when its job is delivered twice", async ({
  house,
}) => {
  const about = await aMeeting(house);
  const dayBefore = { ...house, now: () => at("2026-11-24T10:00:00Z") };
  await handleRemindMeeting(about, dayBefore);
  await handleRemindMeeting(about, dayBefore);
  expect(await reminders(house, about.workspaceId)).toBe(2);
  const hourBefore = { ...house, now: () => at("2026-11-25T09:00:00Z") };
  await handleRemindMeeting(about, hourBefore);
  expect(await reminders(house, about.workspaceId)).toBe(4);
});

test("a reminder for an earlier time of the meeting, or after its start, says nothing", async ({
  house,
}) => {
  const about = await aMeeting(house);
  await handleRemindMeeting({ ...about, sequence: 7 }, house);
  await handleRemindMeeting(about, { ...house, now: () => at("2026-11-25T10:00:00Z") });
  expect(await reminders(house, about.workspaceId)).toBe(0);
});

test("a reminder for a meeting that is gone does nothing", async ({ house }) => {
  const about = await aMeeting(house);
  const gone = { ...about, meetingId: "00000000-0000-7000-8000-000000000000" };
  await expect(handleRemindMeeting(gone, house)).resolves.toBeUndefined();
});

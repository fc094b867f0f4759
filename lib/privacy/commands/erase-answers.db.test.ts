import pg from "pg";
import { expect } from "vitest";
import { answerInvitation } from "@/lib/meetings/commands/answer-invitation";
import { proposeTime } from "@/lib/meetings/commands/propose-time";
import { findAnywhere } from "@/lib/testing/all-columns";
import {
  fivePeople,
  invite,
  memberOf,
  readMeeting,
  sendWaiting,
} from "@/lib/testing/factories/invitations";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { privacyPolicy } from "../policy";
import { eraseGuest } from "./erase-guest";

const EMAIL = "mika@kaminari.example";
const WORDS = "Zwölfender im Vorgarten";

async function traces(house: House): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  try {
    const query = async (sql: string) => (await client.query(sql)).rows;
    return await findAnywhere(query, [EMAIL, "Mika Tanaka", WORDS]);
  } finally {
    await client.end();
  }
}

test("an invited guest's answers, proposals and notes go with the guest, wherever they were told", async ({
  house,
}) => {
  const people = await fivePeople(house);
  const [ana] = people;
  const meeting = await invite(house, people, {
    sharesList: true,
    guests: [{ name: "Mika Tanaka", email: EMAIL }],
  });
  const { workspaceId, id: meetingId } = meeting;
  const attendeeId = meeting.attendees.find(({ email }) => email === EMAIL)?.id ?? "";
  const actor = { kind: "guest", workspaceId, meetingId, name: "Mika Tanaka" } as const;
  const asked = { actor, meeting, attendeeId, note: WORDS };
  expect((await answerInvitation({ ...asked, answer: "declined" }, house)).ok).toBe(true);
  const during = { from: at("2026-11-26T05:00:00Z"), to: at("2026-11-26T06:00:00Z") };
  expect((await proposeTime({ ...asked, during }, house)).ok).toBe(true);
  await sendWaiting(house, workspaceId);
  expect((await traces(house)).length).toBeGreaterThan(5);
  const admin = memberOf(ana, ["admin"]);
  const later = { ...house, now: () => at("2026-12-30T08:00:00Z") };
  const erased = await eraseGuest(
    { email: EMAIL, ground: "guest-asked", cancelUpcoming: false, actor: admin },
    privacyPolicy.authorize(admin, "privacy.erase", { workspaceId }),
    later,
  );
  expect(erased.ok).toBe(true);
  expect(await traces(house)).toEqual([]);
  // That somebody did not come stays in the history.
  const after = await readMeeting(house, meeting);
  expect(after.attendees.map(({ answer }) => answer)).toContain("declined");
});

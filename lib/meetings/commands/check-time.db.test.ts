import { expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { timeAnswerOf, timeAnswerOnWire, timeQuestion } from "../core/check-time";
import { findMeeting } from "../reads/meeting";
import { meetingInput } from "../schema";
import { checkTime } from "./check-time";
import { makeMeeting } from "./make-meeting";
import { resendAll } from "./resend-all";

const asMember = (
  person: Person,
  groups: readonly Group[] = ["meeting_user"],
): Member & {
  kind: "member";
} => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

const TEN = { start: "2026-11-24T10:00:00Z", end: "2026-11-24T11:00:00Z" };
const question = (more: Readonly<Record<string, string>> = {}) =>
  timeQuestion.parse({ from: TEN.start, to: TEN.end, ...more });

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const person = (name: string) => makePerson(house.db, workspaceId, { name });
  const [ana, lena, noah] = [await person("Ana"), await person("Lena"), await person("Noah")];
  const room = await makeRoom(house.db, workspaceId, { name: "Orchid" });
  return { ana, lena, noah, room };
}

async function meet(house: House, host: Person, more: object = {}) {
  const input = meetingInput.parse({ subject: "Review", ...TEN, ...more });
  const made = await makeMeeting({ actor: asMember(host), input, confirm: true }, house);
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.value;
}

test("what stands in the way is named with the next free times, and of private meetings only when", async ({
  house,
}) => {
  const { ana, lena, noah, room } = await scene(house);
  await meet(house, lena, { roomIds: [room.id] });
  await meet(house, noah, { visibility: "private", subject: "Salary" });
  const asked = question({ people: `${lena.id},${noah.id}`, rooms: room.id });
  const answer = await checkTime(asMember(ana), asked, house);
  expect(answer.conflicts.map(({ kind, name, subject }) => [kind, name, subject]).sort()).toEqual(
    [
      ["person", "Lena", "Review"],
      ["person", "Noah", null],
      ["room", "Orchid", "Review"],
    ].sort(),
  );
  expect(answer.nextStarts.length).toBeGreaterThan(0);
  expect(JSON.stringify(answer)).not.toContain("Salary");
  const wire = JSON.parse(JSON.stringify(timeAnswerOnWire(answer)));
  expect(timeAnswerOf(wire)).toEqual({
    conflicts: answer.conflicts.map(({ resourceId: _, ...conflict }) => conflict),
    nextStarts: answer.nextStarts,
  });
});

test("somebody who need not come is a warning, without other times", async ({ house }) => {
  const { ana, lena } = await scene(house);
  await meet(house, lena);
  const answer = await checkTime(asMember(ana), question({ optional: lena.id }), house);
  expect(answer.conflicts).toMatchObject([{ name: "Lena", required: false }]);
  expect(answer.nextStarts).toEqual([]);
});

test("a meeting does not stand in its own way, and nothing is written by asking", async ({
  house,
}) => {
  const { ana, lena } = await scene(house);
  const own = await meet(house, ana, { people: [{ userId: lena.id }] });
  const before = await house.db.meeting.count();
  const asked = question({ people: lena.id, except: own.id });
  expect((await checkTime(asMember(ana), asked, house)).conflicts).toEqual([]);
  expect(await house.db.meeting.count()).toBe(before);
});

test("people who are not here are left out, and who makes no meetings is refused", async ({
  house,
}) => {
  const { ana } = await scene(house);
  const { lena: stranger } = await scene(house);
  await meet(house, stranger);
  const asked = question({ people: stranger.id });
  expect((await checkTime(asMember(ana), asked, house)).conflicts).toEqual([]);
  await expect(checkTime(asMember(ana, ["crm_user"]), asked, house)).rejects.toThrow(AccessDenied);
});

test("a span that is no meeting long is not asked about", () => {
  const asked = { from: TEN.start, to: TEN.start };
  expect(timeQuestion.safeParse(asked).success).toBe(false);
  expect(timeQuestion.safeParse({ ...asked, to: "2026-11-26T10:00:00Z" }).success).toBe(false);
});

test("everybody is sent their last mail again, once, and one that still waits is not doubled", async ({
  house,
}) => {
  const { ana, lena } = await scene(house);
  const { id, workspaceId } = await meet(house, ana, { people: [{ userId: lena.id }] });
  const meeting = await findMeeting(house.db, { workspaceId, id });
  if (meeting === undefined) throw new Error("gone");
  const again = () => resendAll({ actor: asMember(ana), meeting }, house);
  expect(await again()).toEqual({ ok: true, value: 0 });
  await house.db.$executeRaw`UPDATE mail_message SET state = 'sent' WHERE meeting_id = ${id}::uuid`;
  expect(await again()).toEqual({ ok: true, value: 2 });
  const mails = await house.db.mailMessage.findMany({ where: { meetingId: id, state: "queued" } });
  expect(mails.map(({ toEmail }) => toEmail).sort()).toEqual([ana.email, lena.email].sort());
  const asked = { actor: asMember(lena), meeting };
  await expect(resendAll(asked, house)).rejects.toThrow(AccessDenied);
});

import { expect } from "vitest";
import { memberOf } from "@/lib/testing/factories/link-scene";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import { instantOf } from "@/lib/time/instant";
import { UNDO_SECONDS } from "../core/deadlines";
import type { Meeting } from "../core/meeting";
import { findMeeting } from "../reads/meeting";
import { meetingInput } from "../schema";
import { editMeeting } from "./edit-meeting";
import { makeMeeting } from "./make-meeting";
import { undoMove } from "./undo-move";

async function read(house: House, { workspaceId, id }: Pick<Meeting, "workspaceId" | "id">) {
  const meeting = await findMeeting(house.db, { workspaceId, id });
  if (meeting === undefined) throw new Error("no meeting");
  return meeting;
}

async function made(house: House, host: Person, guest: Person): Promise<Meeting> {
  const input = meetingInput.parse({
    subject: "Roadmap",
    start: "2026-11-25T05:00:00Z",
    end: "2026-11-25T06:00:00Z",
    people: [{ userId: guest.id, coHost: true }],
  });
  const result = await makeMeeting({ actor: memberOf(host), input, confirm: true }, house);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return read(house, result.value);
}

/** Drags it to begin at that hour, as the calendar does. */
async function dragged(house: House, host: Person, meeting: Meeting, hour: string) {
  const input = {
    start: at(`2026-11-25T${hour}:00:00Z`),
    end: at(`2026-11-25T${hour}:30:00Z`),
  };
  const moved = await editMeeting(
    { actor: memberOf(host), meeting, version: meeting.version, input, undoable: true },
    house,
  );
  if (!moved.ok) throw new Error(JSON.stringify(moved.refusal));
  return read(house, moved.value);
}

const waiting = (house: House, meetingId: string) =>
  house.db.mailMessage.count({ where: { meetingId, event: "moved", state: "queued" } });

test("a drag that is taken back mails nobody; of two drags, the first is still told when the second is taken back", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana Lim" });
  const ben = await makePerson(house.db, workspaceId, { name: "Ben Ode" });
  const meeting = await made(house, ana, ben);

  const first = await dragged(house, ana, meeting, "08");
  const told = await waiting(house, meeting.id);
  expect(told).toBeGreaterThan(0);
  const second = await dragged(house, ana, first, "11");
  expect(await waiting(house, meeting.id)).toBe(2 * told);

  const back = await undoMove({ actor: memberOf(ana), meeting: second }, house);
  expect(back).toMatchObject({
    ok: true,
    value: {
      start: at("2026-11-25T08:00:00Z"),
      end: at("2026-11-25T08:30:00Z"),
      sequence: first.sequence,
    },
  });
  // Ben was told of eight o'clock, and eight o'clock it is.
  expect(await waiting(house, meeting.id)).toBe(told);
});

test("a drag is taken back by who dragged it, and for some seconds only", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const ana = await makePerson(house.db, workspaceId, { name: "Ana Lim" });
  const ben = await makePerson(house.db, workspaceId, { name: "Ben Ode" });
  const meeting = await dragged(house, ana, await made(house, ana, ben), "14");
  const tooLate = { ok: false, refusal: "too-late" };
  expect(await undoMove({ actor: memberOf(ben), meeting }, house)).toEqual(tooLate);
  const later = { ...house, now: () => instantOf(house.now() + (UNDO_SECONDS + 1) * 1_000) };
  expect(await undoMove({ actor: memberOf(ana), meeting }, later)).toEqual(tooLate);
  expect((await undoMove({ actor: memberOf(ana), meeting }, house)).ok).toBe(true);
  expect(await waiting(house, meeting.id)).toBe(0);
  const again = await read(house, meeting);
  expect(await undoMove({ actor: memberOf(ana), meeting: again }, house)).toEqual(tooLate);
});

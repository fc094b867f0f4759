import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import { makeMeeting } from "../commands/make-meeting";
import { meetingInput } from "../schema";
import { cleanTasks, closeEnded, forgetMails } from "./cleaning";

async function aMeeting(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId);
  const made = await makeMeeting(
    {
      actor: {
        kind: "member",
        userId: host.id as never,
        workspaceId: workspaceId as never,
        name: host.name,
        groups: ["meeting_user"],
      },
      input: meetingInput.parse({
        subject: "Roadmap",
        start: "2026-11-25T05:00:00Z",
        end: "2026-11-25T06:00:00Z",
      }),
      confirm: true,
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal.reason);
  return { workspaceId, host, meetingId: made.value.id };
}

test("fifty activities of two months ago go, by two thousand at a time; recent ones and those of any other kind stay", async ({
  house,
}) => {
  const { workspaceId, host, meetingId } = await aMeeting(house);
  const today = calendarDateAt(UTC, NOW);
  const task = (kind: string, daysAgo: number, meeting: string | null = meetingId) => ({
    workspace_id: workspaceId,
    id: newId(),
    user_id: host.id,
    meeting_id: meeting,
    kind,
    title: `${kind} ${daysAgo}`,
    due_on: addDays(today, -daysAgo),
    created_at: toIso(NOW),
  });
  await insertRows(house.db, [
    {
      table: "task",
      rows: [
        ...Array.from({ length: 2_050 }, () => task("meeting", 61)),
        task("meeting", 4),
        task("meeting", 3),
        task("meeting", 0),
        task("action", 61),
        task("request", 61),
        task("meeting", 61, null),
      ],
    },
  ]);
  const report = await cleanTasks(house);
  expect(report).toEqual({ summary: "Deleted 2051 stale activities", counts: { removed: 2_051 } });
  const left = await house.db.task.findMany({ where: { workspaceId }, orderBy: { title: "asc" } });
  expect(left.map(({ title }) => title)).toEqual(
    ["action 61", "meeting 0", "meeting 3", "meeting 61", "request 61", "Roadmap"].sort((a, b) =>
      a < b ? -1 : 1,
    ),
  );
});

test("messages older than ninety days are forgotten, waiting ones never, and the rows stay", async ({
  house,
}) => {
  const { workspaceId, meetingId } = await aMeeting(house);
  await house.db.mailMessage.updateMany({
    where: { meetingId },
    data: { sealed: Buffer.from("x"), createdAt: new Date(NOW - 91 * DAY_MS), state: "sent" },
  });
  const waiting = await house.db.mailMessage.create({
    data: {
      workspaceId,
      id: newId(),
      event: "confirmed",
      toName: "Mika",
      toEmail: "mika@kaminari.example",
      facts: {},
      idempotencyKey: newId(),
      sealed: Buffer.from("y"),
      state: "queued",
      createdAt: new Date(NOW - 91 * DAY_MS),
    },
  });
  expect((await forgetMails(house)).counts.forgotten).toBe(1);
  const mails = await house.db.mailMessage.findMany({ where: { workspaceId } });
  expect(mails.map(({ id, sealed }) => [id === waiting.id, sealed !== null])).toEqual(
    expect.arrayContaining([
      [true, true],
      [false, false],
    ]),
  );
});

test("a meeting nobody closed is done a day after its end, and its history says who did that", async ({
  house,
}) => {
  const { meetingId } = await aMeeting(house);
  const then = (text: string) => ({ ...house, now: () => at(text) });
  const read = () => house.db.meeting.findFirst({ where: { id: meetingId } });
  await closeEnded(then("2026-11-26T05:00:00Z"));
  expect((await read())?.state).toBe("confirmed");
  expect((await closeEnded(then("2026-11-26T06:01:00Z"))).counts.closed).toBeGreaterThan(0);
  const meeting = await read();
  expect([meeting?.state, meeting?.version]).toEqual(["done", 2]);
  const event = await house.db.meetingEvent.findFirst({ where: { meetingId, kind: "done" } });
  expect(event?.actorName).toBe("Meridian");
  expect(instantOf(event?.at.getTime() ?? 0)).toBe(at("2026-11-26T06:01:00Z"));
});

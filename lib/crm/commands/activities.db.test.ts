import { expect } from "vitest";
import { NotHere } from "@/lib/access/policy";
import { makeRawLead, makeSeller, makeTeam } from "@/lib/testing/factories/sales";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { listDueActivities, listLeadActivities } from "../reads/activities";
import { findLead } from "../reads/lead";
import { finishActivity } from "./finish-activity";
import { logActivity } from "./log-activity";
import { moveActivity } from "./move-activity";
import { planActivity } from "./plan-activity";
import { removeActivity } from "./remove-activity";

const later = (house: House, minutes: number): House => ({
  ...house,
  now: () => addMinutes(NOW, minutes),
});

async function done<Value>(
  result: Promise<{ ok: true; value: Value } | { ok: false; refusal: string }>,
) {
  const settled = await result;
  if (!settled.ok) throw new Error(settled.refusal);
  return settled.value;
}

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const teamId = await makeTeam(house, workspaceId, {
    responseMinutes: 60,
    hours: [1, 2, 3, 4, 5].map((day) => [day, 540, 1020] as const),
  });
  const seller = await makeSeller(house, workspaceId, { teamId });
  const lead = await makeRawLead(house, workspaceId, { ownerId: seller.person.id, teamId });
  const now = () => findLead(house.db, { workspaceId, id: lead.id });
  return {
    workspaceId,
    teamId,
    seller,
    lead,
    now,
    asker: { actor: seller.actor, scope: seller.scope },
  };
}

const call = (dueAt: Instant) => ({
  kind: "call" as const,
  subject: "Call about the offer",
  dueAt,
});

test("a lead knows its next activity; done, it is answered in working minutes, and taking it back forgets that", async ({
  house,
}) => {
  const { asker, lead, now } = await scene(house);
  const plan = (minutes: number) =>
    done(planActivity({ ...asker, leadId: lead.id, input: call(addMinutes(NOW, minutes)) }, house));
  const first = await plan(120);
  await plan(30);
  expect(await now()).toMatchObject({ nextActivityAt: addMinutes(NOW, 30), version: 1 });
  // The team begins at nine; it is eight.
  const finished = await done(
    finishActivity({ ...asker, id: first.id, done: true }, later(house, 90)),
  );
  expect(await now()).toMatchObject({
    firstResponseAt: addMinutes(NOW, 90),
    responseMinutes: 30,
    lastTouchAt: addMinutes(NOW, 90),
    version: 1,
  });
  expect(
    await finishActivity({ ...asker, id: first.id, version: first.version, done: false }, house),
  ).toEqual({ ok: false, refusal: "changed-meanwhile" });
  await done(
    finishActivity({ ...asker, id: first.id, version: finished.version, done: false }, house),
  );
  expect(await now()).toMatchObject({ firstResponseAt: null, responseMinutes: null });
});

test("the first response is the earliest, whenever it is written down, and tasks and mails from them are none", async ({
  house,
}) => {
  const { asker, lead, now } = await scene(house);
  const log = (
    kind: "call" | "task" | "mail",
    minutes: number,
    direction: "in" | "out" | null = null,
  ) =>
    done(
      logActivity(
        {
          ...asker,
          leadId: lead.id,
          input: { kind, subject: "Spoke", direction, doneAt: addMinutes(NOW, minutes) },
        },
        later(house, 300),
      ),
    );
  await log("task", 10);
  await log("mail", 20, "in");
  expect(await now()).toMatchObject({ firstResponseAt: null });
  await log("call", 200);
  const earlier = await log("mail", 100, "out");
  expect(await now()).toMatchObject({ firstResponseAt: addMinutes(NOW, 100), responseMinutes: 40 });
  await done(removeActivity({ ...asker, id: earlier.id, removed: true }, house));
  expect(await now()).toMatchObject({ firstResponseAt: addMinutes(NOW, 200) });
  await done(removeActivity({ ...asker, id: earlier.id, removed: false }, house));
  expect(await now()).toMatchObject({ firstResponseAt: addMinutes(NOW, 100) });
  // Spoken to before they were typed in.
  await log("call", -600);
  expect(await now()).toMatchObject({ firstResponseAt: NOW, responseMinutes: 0 });
});

test("what was done does not lie in the future", async ({ house }) => {
  const { asker, lead } = await scene(house);
  const input = { kind: "call" as const, subject: "Spoke", doneAt: addMinutes(NOW, 5) };
  expect(await logActivity({ ...asker, leadId: lead.id, input }, house)).toEqual({
    ok: false,
    refusal: "in-the-future",
  });
});

test("an activity that moves keeps its reminder's distance; one that is done stays where it was", async ({
  house,
}) => {
  const { asker, lead, workspaceId, seller } = await scene(house);
  const planned = await done(
    planActivity(
      {
        ...asker,
        leadId: lead.id,
        input: { ...call(addMinutes(NOW, 60)), remindAt: addMinutes(NOW, 45) },
      },
      house,
    ),
  );
  const to = { id: planned.id, dueAt: addMinutes(NOW, 1440), allDay: false };
  await done(moveActivity({ ...asker, ...to }, house));
  const [row] = await listDueActivities(house.db, {
    scope: asker.scope,
    assigneeId: seller.person.id,
    before: addMinutes(NOW, 9_999),
  });
  expect(row).toMatchObject({
    dueAt: addMinutes(NOW, 1440),
    remindAt: addMinutes(NOW, 1425),
    version: 2,
    lead: { name: lead.name, number: lead.number },
    assigneeName: seller.person.name,
  });
  await done(finishActivity({ ...asker, id: planned.id, done: true, outcome: "Wants it" }, house));
  expect(await moveActivity({ ...asker, ...to }, house)).toEqual({
    ok: false,
    refusal: "already-done",
  });
  expect(await listLeadActivities(house.db, { workspaceId, leadId: lead.id })).toMatchObject([
    { outcome: "Wants it", doneAt: NOW, byName: seller.person.name },
  ]);
});

test("whoever does not see a deal finds no activity of it, and nobody is given one they cannot see", async ({
  house,
}) => {
  const { asker, lead, workspaceId } = await scene(house);
  const stranger = await makeSeller(house, workspaceId, { scope: "own" });
  const asStranger = { actor: stranger.actor, scope: stranger.scope };
  const planned = await done(
    planActivity({ ...asker, leadId: lead.id, input: call(addMinutes(NOW, 60)) }, house),
  );
  await expect(
    finishActivity({ ...asStranger, id: planned.id, done: true }, house),
  ).rejects.toThrow(NotHere);
  await expect(
    planActivity({ ...asStranger, leadId: lead.id, input: call(NOW) }, house),
  ).rejects.toThrow(NotHere);
  const forThem = { ...call(NOW), assigneeId: stranger.person.id };
  expect(await planActivity({ ...asker, leadId: lead.id, input: forThem }, house)).toEqual({
    ok: false,
    refusal: "cannot-see",
  });
  expect(
    await listDueActivities(house.db, {
      scope: stranger.scope,
      assigneeId: undefined,
      before: addMinutes(NOW, 999),
    }),
  ).toEqual([]);
});

import { expect } from "vitest";
import { makeLead } from "@/lib/crm/commands/make-lead";
import { getScope } from "@/lib/crm/reads/scope";
import { getMeeting, makeStaffMeeting, memberOf } from "@/lib/testing/factories/staff-meeting";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { followInSales } from "../handlers/follow-sales";
import { closeMeeting } from "./close-meeting";
import { linkDeal } from "./link-deal";

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId, { groups: ["meeting_user", "crm_user"] });
  const actor = memberOf(host, ["meeting_user", "crm_user"]);
  const scope = await getScope(house.db, actor);
  const made = await makeLead(
    {
      actor,
      scope,
      via: "person",
      input: { kind: "opportunity", ownerId: host.id, fields: { name: "Arden Print" } },
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
  return { workspaceId, host, actor, lead: made.value };
}

const activityOf = (house: House, meetingId: string) =>
  house.db.activity.findFirst({ where: { meetingId } });

test("a meeting of colleagues put into a deal is planned there, and held there once it was held", async ({
  house,
}) => {
  const { host, actor, lead } = await scene(house);
  const meeting = await makeStaffMeeting(house, host, { start: "2026-11-24T10:00:00Z" });
  expect(await linkDeal({ actor, meeting, leadId: lead.id }, house)).toMatchObject({ ok: true });
  expect(await activityOf(house, meeting.id)).toMatchObject({
    leadId: lead.id,
    doneAt: null,
    subject: "Roadmap",
  });
  const later = { ...house, now: () => instantOf(NOW + 2 * DAY_MS) };
  await closeMeeting({ actor, meeting: await getMeeting(house, meeting), outcome: "done" }, later);
  const change = {
    workspaceId: meeting.workspaceId,
    meetingId: meeting.id,
    version: 2,
    kind: "done",
    at: NOW,
    actorName: "",
    snapshot: {},
  };
  await followInSales(change, later);
  expect(await activityOf(house, meeting.id)).toMatchObject({ outcome: "Held", human: true });
  const touched = await house.db.lead.findFirst({ where: { id: lead.id } });
  expect(touched?.lastTouchAt?.toISOString()).toBe("2026-11-24T11:00:00.000Z");
  expect(touched?.nextActivityAt).toBeNull();
});

test("a deal somebody may not see is no deal of theirs, and taking a meeting out takes its activity along", async ({
  house,
}) => {
  const { workspaceId, host, actor, lead } = await scene(house);
  const other = await makePerson(house.db, workspaceId, { groups: ["meeting_user", "crm_user"] });
  const meeting = await makeStaffMeeting(house, other, { start: "2026-11-25T10:00:00Z" });
  const asOther = memberOf(other, ["meeting_user", "crm_user"]);
  expect(await linkDeal({ actor: asOther, meeting, leadId: lead.id }, house)).toEqual({
    ok: false,
    refusal: "no-such-deal",
  });
  const own = await makeStaffMeeting(house, host, { start: "2026-11-25T10:00:00Z" });
  await linkDeal({ actor, meeting: own, leadId: lead.id }, house);
  await linkDeal({ actor, meeting: own, leadId: null }, house);
  expect((await activityOf(house, own.id))?.deletedAt).not.toBeNull();
  expect(await house.db.leadMeeting.count({ where: { workspaceId } })).toBe(0);
});

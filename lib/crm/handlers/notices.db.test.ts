import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import type { SellingPerson } from "@/lib/testing/factories/sales";
import { makeRawLead, makeSeller, makeTeam } from "@/lib/testing/factories/sales";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { changeLead, changeLeads } from "../commands/change-leads";
import { logActivity } from "../commands/log-activity";
import { planActivity } from "../commands/plan-activity";
import type { LeadsChange } from "../jobs";
import { listStages } from "../reads/lead";
import { followLeads } from "./follow-leads";
import { remindSellers } from "./remind-sellers";

const noticesOf = ({ db }: House, { person }: SellingPerson) =>
  db.$queryRaw<{ kind: string; title: string; detail: string | null; leadId: string | null }[]>`
    SELECT kind, title, detail, lead_id AS "leadId" FROM notification
     WHERE user_id = ${person.id}::uuid ORDER BY created_at, id`;

const mailsTo = async ({ db }: House, { person }: SellingPerson) =>
  (
    await db.$queryRaw<{ event: string }[]>`
      SELECT event FROM mail_message WHERE to_email = ${person.email} ORDER BY created_at, id`
  ).map(({ event }) => event);

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const manager = await makeSeller(house, workspaceId, { groups: ["crm_manager"], name: "Mo" });
  const teamId = await makeTeam(house, workspaceId, {
    responseMinutes: 60,
    managerId: manager.person.id,
    hours: [1, 2, 3, 4, 5].map((day) => [day, 540, 1020] as const),
  });
  const ana = await makeSeller(house, workspaceId, { teamId, name: "Ana" });
  const ben = await makeSeller(house, workspaceId, { teamId, name: "Ben", zone: "Asia/Tokyo" });
  return { workspaceId, teamId, manager, ana, ben };
}

const changeOf = (
  workspaceId: string,
  by: SellingPerson,
  event: string,
  leads: readonly { readonly id: string; readonly version: number }[],
): LeadsChange => ({
  workspaceId,
  leads: leads.map(({ id, version }) => ({ id, version })),
  event,
  at: NOW,
  actorId: by.person.id,
  actorName: by.person.name,
});

/** Gives leads to somebody and has the followers hear of it twice, as a queue may. */
async function give(house: House, by: SellingPerson, to: SellingPerson, ids: readonly string[]) {
  const { changed } = await changeLeads(
    {
      actor: by.actor,
      scope: by.scope,
      leads: ids.map((id) => ({ id })),
      act: { kind: "assign", ownerId: to.person.id },
      via: "person",
    },
    house,
  );
  const change = changeOf(by.scope.workspaceId, by, "assigned", changed);
  await followLeads(change, house);
  await followLeads(change, house);
  return changed;
}

test("whoever is given a deal is told once, in the inbox and by mail, and gets what was planned with it", async ({
  house,
}) => {
  const { workspaceId, teamId, manager, ana, ben } = await scene(house);
  const lead = await makeRawLead(house, workspaceId, { ownerId: ana.person.id, teamId });
  await planActivity(
    {
      actor: ana.actor,
      scope: ana.scope,
      leadId: lead.id,
      input: { kind: "call", subject: "Call back", dueAt: addMinutes(NOW, 90) },
    },
    house,
  );
  await give(house, manager, ben, [lead.id]);
  expect(await noticesOf(house, ben)).toEqual([
    {
      kind: "deal-assigned",
      title: `Dalton Bakeries (L-${lead.number}) is yours now`,
      detail: "by Mo",
      leadId: lead.id,
    },
  ]);
  expect(await mailsTo(house, ben)).toEqual(["crm/assigned"]);
  expect(
    await house.db
      .$queryRaw`SELECT assignee_id AS "to" FROM activity WHERE lead_id = ${lead.id}::uuid`,
  ).toEqual([{ to: ben.person.id }]);
  // Taken by oneself: no news.
  await give(house, manager, manager, [lead.id]);
  expect(await noticesOf(house, manager)).toEqual([]);
});

test("many at once are one line", async ({ house }) => {
  const { workspaceId, manager, ana } = await scene(house);
  const ids: string[] = [];
  for (let made = 0; made < 5; made += 1) ids.push((await makeRawLead(house, workspaceId)).id);
  await give(house, manager, ana, ids);
  expect(await noticesOf(house, ana)).toMatchObject([
    { title: "5 leads and deals are yours now", leadId: null },
  ]);
  expect(await mailsTo(house, ana)).toHaveLength(1);
});

test("followers hear of a move by somebody else while they may see the deal; a switched-off notice is not kept", async ({
  house,
}) => {
  const { workspaceId, teamId, manager, ana, ben } = await scene(house);
  const outsider = await makeSeller(house, workspaceId, { scope: "own", name: "Oz" });
  const deal = await makeRawLead(house, workspaceId, {
    kind: "opportunity",
    ownerId: ana.person.id,
    teamId,
  });
  await insertRows(house.db, [
    {
      table: "lead_follower",
      rows: [ben, outsider, manager].map(({ person }) => ({
        workspace_id: workspaceId,
        lead_id: deal.id,
        user_id: person.id,
      })),
    },
    {
      table: "notification_preference",
      rows: [
        {
          workspace_id: workspaceId,
          user_id: ana.person.id,
          event: "deal-moved",
          channel: "inbox",
          enabled: false,
        },
      ],
    },
  ]);
  const stages = await listStages(house.db, workspaceId);
  const moved = await changeLead(
    {
      actor: manager.actor,
      scope: manager.scope,
      id: deal.id,
      act: { kind: "move", stageId: stages[1]?.id ?? "" },
      via: "person",
    },
    house,
  );
  if (!moved.ok) throw new Error(moved.refusal.reason);
  await followLeads(changeOf(workspaceId, manager, "moved", [moved.value.lead]), house);
  expect(await noticesOf(house, ben)).toMatchObject([
    { kind: "deal-moved", detail: "Qualified → Discovery · by Mo" },
  ]);
  for (const nobody of [outsider, manager, ana]) expect(await noticesOf(house, nobody)).toEqual([]);
});

const laterBy = (house: House, now: Instant): House => ({ ...house, now: () => now });

test("a planned activity is reminded of once, on its reader's clock, and not when it is done or out of sight", async ({
  house,
}) => {
  const { workspaceId, teamId, ana, ben } = await scene(house);
  const lead = await makeRawLead(house, workspaceId, { ownerId: ana.person.id, teamId });
  const plan = (for_: SellingPerson, minutes: number) =>
    planActivity(
      {
        actor: ana.actor,
        scope: ana.scope,
        leadId: lead.id,
        input: {
          kind: "call",
          subject: "Ask for the papers",
          dueAt: addMinutes(NOW, minutes),
          remindAt: addMinutes(NOW, minutes - 15),
          assigneeId: for_.person.id,
        },
      },
      house,
    );
  await plan(ben, 30);
  await plan(ana, 600);
  const then = laterBy(house, addMinutes(NOW, 20));
  await remindSellers(then);
  await remindSellers(then);
  expect(await noticesOf(house, ben)).toEqual([
    {
      kind: "activity-due",
      title: "Call: Ask for the papers",
      detail: `Dalton Bakeries (L-${lead.number}) · Due Mon 23 Nov, 17:30 JST`,
      leadId: lead.id,
    },
  ]);
  expect(await mailsTo(house, ben)).toEqual(["crm/activity-due"]);
  expect(await noticesOf(house, ana)).toEqual([]);
});

test("an overdue answer is told to its owner, then to the team's manager after as long again, each once", async ({
  house,
}) => {
  const { workspaceId, teamId, manager, ana } = await scene(house);
  const make = async () => {
    const lead = await makeRawLead(house, workspaceId, { teamId });
    await give(house, manager, ana, [lead.id]);
    return lead;
  };
  const late = await make();
  const withMeeting = await make();
  await planActivity(
    {
      actor: ana.actor,
      scope: ana.scope,
      leadId: withMeeting.id,
      input: { kind: "meeting", subject: "First talk", dueAt: addMinutes(NOW, 9_000) },
    },
    house,
  );
  const answered = await make();
  await logActivity(
    {
      actor: ana.actor,
      scope: ana.scope,
      leadId: answered.id,
      input: { kind: "call", subject: "Spoke" },
    },
    house,
  );
  const alarms = async (who: SellingPerson) =>
    (await noticesOf(house, who)).filter(({ kind }) => kind === "answer-overdue");
  // Given at eight, the team begins at nine and promises an hour.
  await remindSellers(laterBy(house, at("2026-11-23T09:59:00Z")));
  expect(await alarms(ana)).toEqual([]);
  for (const iso of ["2026-11-23T10:01:00Z", "2026-11-23T10:30:00Z", "2026-11-23T10:58:00Z"])
    await remindSellers(laterBy(house, at(iso)));
  expect(await alarms(ana)).toMatchObject([
    { title: `Dalton Bakeries (L-${late.number}) waits for an answer`, leadId: late.id },
  ]);
  expect(await alarms(manager)).toEqual([]);
  for (const iso of ["2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"])
    await remindSellers(laterBy(house, at(iso)));
  expect(await alarms(manager)).toMatchObject([
    { title: `Dalton Bakeries (L-${late.number}) was not answered by Ana` },
  ]);
  expect(await alarms(ana)).toHaveLength(1);
});

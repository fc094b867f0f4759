import PostalMime from "postal-mime";
import { expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { makeLead } from "@/lib/crm/commands/make-lead";
import { getScope } from "@/lib/crm/reads/scope";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { toIso } from "@/lib/time/instant";
import { UTC } from "@/lib/time/zone";
import type { ScheduleFields } from "../core/schedule";
import { mailDueDashboards } from "../handlers/mail-due";
import { renderDashboardMail } from "../mails/render-dashboard-mail";
import { listReceived, listSchedules } from "../reads/schedules";
import { scheduleMail } from "./schedule-mail";
import { stopMail } from "./stop-mail";

async function memberIn(house: House, workspaceId: string, group: Group): Promise<Member> {
  const person = await makePerson(house.db, workspaceId, { groups: [group], name: `A ${group}` });
  const ids = { userId: person.id as UserId, workspaceId: workspaceId as WorkspaceId };
  return { kind: "member", ...ids, name: person.name, groups: [group] };
}

async function deal(house: House, actor: Member, ownerId: string, amountMinor: number) {
  const scope = await getScope(house.db, actor);
  const fields = { name: `Deal of ${amountMinor}`, amountMinor, currency: "USD" };
  const made = await makeLead(
    { actor, scope, via: "person", input: { kind: "opportunity", ownerId, fields } },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
}

async function office(house: House) {
  // What is due is due in every workspace of the database, and these tests share one.
  await house.db.dashboardSchedule.deleteMany({});
  const workspaceId = await makeWorkspace(house.db, { zone: "UTC" });
  const manager = await memberIn(house, workspaceId, "crm_manager");
  const seller = await memberIn(house, workspaceId, "crm_user");
  await deal(house, manager, manager.userId, 100_000);
  await deal(house, manager, seller.userId, 50_000);
  return { workspaceId, manager, seller };
}

const weekly = (recipients: readonly Member[], more: Partial<ScheduleFields> = {}) =>
  ({
    dashboard: "executive",
    name: "Monday figures",
    query: "",
    cadence: "weekly",
    // The clock of these tests stands on a Monday, at 08:00.
    weekday: 1,
    monthDay: null,
    minute: 9 * 60,
    zone: UTC,
    format: "csv",
    recipients: recipients.map(({ userId }) => userId),
    ...more,
  }) satisfies ScheduleFields;

async function made(house: House, actor: Member, schedule: ScheduleFields): Promise<string> {
  const done = await scheduleMail({ actor, asked: { act: "make", schedule } }, house);
  if (!done.ok) throw new Error(done.refusal);
  return done.value.id;
}

const laterHouse = (house: House, iso: string): House => ({ ...house, now: () => at(iso) });

async function mailsOf(house: House, workspaceId: string) {
  const rows = await house.db.mailMessage.findMany({
    where: { workspaceId, event: "dashboard/report" },
    orderBy: { createdAt: "asc" },
  });
  const from = { address: "meridian@example.org", name: "Meridian" };
  return Promise.all(
    rows.map(async (row) => {
      const mail = await renderDashboardMail(row as never, { ...house, from });
      if (mail === undefined) throw new Error("nothing was rendered");
      const parsed = await PostalMime.parse(mail.raw, { attachmentEncoding: "utf8" });
      return { to: row.toName, parsed };
    }),
  );
}

test("each recipient gets the figures and the file they may see, in one mail each", async ({
  house,
}) => {
  const { workspaceId, manager, seller } = await office(house);
  await made(house, manager, weekly([manager, seller]));
  expect((await mailDueDashboards(house)).counts).toMatchObject({ schedules: 0, mailed: 0 });
  const due = laterHouse(house, "2026-11-23T09:01:00Z");
  expect((await mailDueDashboards(due)).counts).toMatchObject({
    mailed: 2,
    withheld: 0,
    failed: 0,
  });
  const mails = new Map((await mailsOf(house, workspaceId)).map((mail) => [mail.to, mail.parsed]));
  const [all, own] = [mails.get(manager.name), mails.get(seller.name)];
  expect(all?.subject).toContain("Monday figures: Executive dashboard");
  expect(all?.text).toContain("Scope: all teams");
  expect(own?.text).toContain("own deals only");
  for (const mail of [all, own]) {
    expect(mail?.html).toContain("Opportunities");
    expect(mail?.text).toContain("/settings/notifications#dashboard-mails");
  }
  expect(all?.text).toMatch(/Opportunities: 2\b/);
  expect(own?.text).toMatch(/Opportunities: 1\b/);
  const fileOf = (mail: typeof all) => String(mail?.attachments[0]?.content);
  expect(all?.attachments[0]?.filename).toMatch(/^meridian-executive-2026-11-01-.*\.csv$/);
  expect(fileOf(all)).toContain(",1500,");
  expect(fileOf(own)).toContain(",500,");
  expect(fileOf(own)).not.toContain(",1500,");
});

test("one time is mailed once, and the next one is a week later", async ({ house }) => {
  const { workspaceId, manager } = await office(house);
  await made(house, manager, weekly([manager]));
  const due = laterHouse(house, "2026-11-23T09:01:00Z");
  await mailDueDashboards(due);
  expect((await mailDueDashboards(due)).counts).toMatchObject({ schedules: 0 });
  const [schedule] = await listSchedules(house.db, { workspaceId, dashboard: "executive" });
  expect(schedule === undefined ? undefined : toIso(schedule.nextAt)).toBe(
    "2026-11-30T09:00:00.000Z",
  );
  expect(await mailsOf(house, workspaceId)).toHaveLength(1);
  // Stood still for three weeks: what was missed comes once.
  expect((await mailDueDashboards(laterHouse(house, "2026-12-16T12:00:00Z"))).counts).toMatchObject(
    { mailed: 1 },
  );
});

test("whoever lost the right, left, or stopped it gets none; the others do", async ({ house }) => {
  const { workspaceId, manager, seller } = await office(house);
  const second = await memberIn(house, workspaceId, "crm_manager");
  const gone = await memberIn(house, workspaceId, "crm_manager");
  const stopped = await memberIn(house, workspaceId, "crm_manager");
  const all = [manager, seller, second, gone, stopped];
  const id = await made(house, manager, weekly(all, { dashboard: "strategic" }));
  await house.db.$executeRaw`UPDATE user_group SET group_name = 'meeting_user'
    WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${second.userId}::uuid`;
  await house.db.$executeRaw`UPDATE app_user SET disabled_at = ${toIso(NOW)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${gone.userId}::uuid`;
  expect(await stopMail({ actor: stopped, id, stopped: true }, house)).toMatchObject({ ok: true });
  const due = laterHouse(house, "2026-11-23T09:01:00Z");
  expect((await mailDueDashboards(due)).counts).toMatchObject({ mailed: 1, withheld: 3 });
  expect((await mailsOf(house, workspaceId)).map(({ to }) => to)).toEqual([manager.name]);
  const { userId } = stopped;
  expect(await listReceived(house.db, { workspaceId, userId })).toMatchObject([
    { id, stopped: true },
  ]);
  expect(await stopMail({ actor: stopped, id, stopped: false }, house)).toMatchObject({ ok: true });
});

test("only those who manage sales schedule mails, to members who sell", async ({ house }) => {
  const { workspaceId, manager, seller } = await office(house);
  const host = await memberIn(house, workspaceId, "meeting_user");
  const make = (actor: Member, to: Member) =>
    scheduleMail({ actor, asked: { act: "make", schedule: weekly([to]) } }, house);
  await expect(make(seller, seller)).rejects.toThrow(AccessDenied);
  await expect(make(host, seller)).rejects.toThrow(AccessDenied);
  expect(await make(manager, host)).toMatchObject({ refusal: "no-such-person" });
  const id = await made(house, manager, weekly([seller]));
  for (const act of ["delete", "test"] as const)
    await expect(scheduleMail({ actor: seller, asked: { act, id } }, house)).rejects.toThrow(
      AccessDenied,
    );
  expect(await stopMail({ actor: manager, id, stopped: true }, house)).toMatchObject({
    refusal: "not-here",
  });
});

test("a mail is tried on oneself, changed by who saw it as it is, and deleted", async ({
  house,
}) => {
  const { workspaceId, manager, seller } = await office(house);
  const id = await made(house, manager, weekly([seller]));
  const act = (asked: Parameters<typeof scheduleMail>[0]["asked"]) =>
    scheduleMail({ actor: manager, asked }, house);
  await act({ act: "test", id });
  expect((await mailsOf(house, workspaceId)).map(({ to }) => to)).toEqual([manager.name]);
  const daily = weekly([seller], { cadence: "daily", weekday: null, name: "Daily" });
  const change = { act: "change", id, version: 1, schedule: daily } as const;
  expect(await act(change)).toMatchObject({ ok: true });
  expect(await act(change)).toMatchObject({ refusal: "changed-meanwhile" });
  expect(await act({ act: "delete", id })).toMatchObject({ ok: true });
  expect(await act({ act: "delete", id })).toMatchObject({ refusal: "not-here" });
  expect(await listSchedules(house.db, { workspaceId, dashboard: "executive" })).toEqual([]);
});

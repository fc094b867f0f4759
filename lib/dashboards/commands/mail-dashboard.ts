import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import { queueMails, sendMail } from "@/lib/mail/outbox";
import { metricOf } from "@/lib/metrics/core/registry";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { cardValue, changeWords } from "../core/card-table";
import { fileName } from "../core/file-about";
import type { DashboardFacts, ScheduleFields } from "../core/schedule";
import { DASHBOARD_MAIL } from "../core/schedule";
import { parseViewState, usualState } from "../core/view-state";
import { dashboardPolicy } from "../policy";
import { findRecipient } from "../reads/schedules";
import { auditDashboards } from "./audit-dashboards";
import { computeDashboard } from "./compute-dashboard";
import { fileText } from "./export-dashboard";
import { FILE_TYPES, writeDashboardFile } from "./write-dashboard-file";

export type MailDeps = Pick<Deps, "db" | "keys" | "queue" | "now">;

/** A larger file is not sent: mail servers refuse it. The mail then says where it is. */
const LARGEST_FILE_BYTES = 7_000_000;

type Mailed = Pick<ScheduleFields, "dashboard" | "name" | "query" | "format"> & {
  readonly workspaceId: string;
  readonly id: string;
};

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer());
}

/**
 * Computes a scheduled dashboard with the rights and the scope its reader has now, and queues the mail with the figures
 * and the file. False: they are no member any more or may not see it, and get none. `occasion` names this one time:
 * the same one never reaches the same reader twice.
 */
export async function mailDashboard(
  schedule: Mailed,
  {
    userId,
    occasion,
    at,
  }: { readonly userId: string; readonly occasion: string; readonly at: Instant },
  deps: MailDeps,
): Promise<boolean> {
  const { db, queue } = deps;
  const { workspaceId, dashboard, name, format, query } = schedule;
  const reader = await findRecipient(db, { workspaceId, userId });
  if (reader === undefined) return false;
  const { member: actor, email } = reader;
  const mayRead =
    dashboardPolicy.can(actor, `${dashboard}.view`, actor) &&
    dashboardPolicy.can(actor, "dashboard.export", actor);
  if (!mayRead) return false;
  const idempotencyKey = `${DASHBOARD_MAIL}/report/${schedule.id}/${userId}/${occasion}`;
  if ((await db.mailMessage.count({ where: { workspaceId, idempotencyKey } })) > 0) return true;
  const state = parseViewState(new URLSearchParams(query), usualState(dashboard));
  const computed = await computeDashboard({ actor, dashboard, state }, deps);
  const told = await fileText({ actor, computed, state }, deps);
  const bytes = await bytesOf(writeDashboardFile(computed, told, format));
  const fact = new Map(told.facts);
  const { currency } = computed.batch;
  const facts: DashboardFacts = {
    occurredAt: toIso(at),
    workspaceName: fact.get("Workspace") ?? "",
    name,
    title: told.title,
    lines: ["Range", "Compared with", "Filters", "Scope", "Time zone"].map(
      (what) => `${what}: ${fact.get(what) ?? ""}`,
    ),
    cards: computed.cards.map((card) => ({
      name: metricOf(card.metric).name,
      value: cardValue(card, currency),
      change: changeWords({ ...card, currency }),
      before: card.beforeWords ?? "",
    })),
    path: `/dashboards/${dashboard}${query === "" ? "" : `?${query}`}`,
    file:
      bytes.length > LARGEST_FILE_BYTES
        ? null
        : {
            name: fileName(dashboard, computed.batch, format),
            type: FILE_TYPES[format],
            base64: bytes.toString("base64"),
          },
  };
  const outbox = queueMails(
    [
      {
        workspaceId,
        meetingId: null,
        attendeeId: null,
        event: `${DASHBOARD_MAIL}/report`,
        toName: actor.name,
        toEmail: email,
        facts,
        idempotencyKey,
      },
    ],
    at,
  );
  await db.$transaction(async (tx) => {
    await insertRows(tx, [outbox.rows]);
    await enqueue(queue, tx, sendMail, outbox.orders);
    await auditDashboards(tx, actor, deps, {
      action: "dashboard.mail",
      subject: schedule.id,
      details: { dashboard, format, query, scope: computed.scope.kind, to: userId },
    });
  });
  return true;
}

import "server-only";
import { notFound } from "next/navigation";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Report } from "./core/report";
import { reportPolicy } from "./policy";
import { readReport } from "./reads/report";

/** The report of the reader's workspace; to those who do not manage meetings the page does not exist. */
export async function loadReport(asked: {
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
}): Promise<Report> {
  const member = await getMember();
  const { workspaceId } = member;
  if (!reportPolicy.can(member, "report.read", { workspaceId })) notFound();
  const { db, now } = runtime();
  return readReport(db, workspaceId, asked, now());
}

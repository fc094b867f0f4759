import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { countAuditEntries, listAuditActions, listAuditEntries } from "@/lib/audit/entries";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { TimeZone } from "@/lib/time/zone";
import { readCursor, writeCursor } from "./core/audit-cursor";
import type { AuditPage } from "./core/audit-page";
import type { Holiday, HolidayPreview } from "./core/holiday";
import type { JobsView } from "./core/job-line";
import { listCountries, listRegions, publicHolidays } from "./core/public-holidays";
import type { Workspace } from "./core/workspace";
import { workspacePolicy } from "./policy";
import { findAuditFilter, getWorkspace, listHolidays } from "./reads";
import { listJobs, listQueues } from "./reads/jobs";
import type { AuditQuestion } from "./schema";

type Permission = "workspace.change" | "workspace.jobs" | "workspace.holidays" | "audit.read";

/** The admin who asks. To everybody else these pages do not exist. */
async function requireAdmin(permission: Permission): Promise<Member> {
  const member = await getMember();
  return workspacePolicy.can(member, permission, { workspaceId: member.workspaceId })
    ? member
    : notFound();
}

/** The settings of the reader's own workspace. */
export async function loadWorkspace(): Promise<Workspace> {
  const { workspaceId } = await requireAdmin("workspace.change");
  return getWorkspace(runtime().db, workspaceId);
}

/** What the house does by the clock, and how much work there is. */
export async function loadJobs(): Promise<JobsView> {
  await requireAdmin("workspace.jobs");
  const { db } = runtime();
  const [jobs, queues] = await Promise.all([listJobs(db), listQueues(db)]);
  return { jobs, queues };
}

type HolidayQuestion = {
  readonly year: number;
  readonly country: string | undefined;
  readonly region: string | undefined;
  /** How many years from `year` on, 1 to 5. */
  readonly span: number;
};

/** The holidays of a year, and what a country's calendar would add. */
export async function loadHolidays(
  asked: HolidayQuestion,
): Promise<{ readonly holidays: readonly Holiday[]; readonly preview: HolidayPreview }> {
  const { workspaceId } = await requireAdmin("workspace.holidays");
  const { db } = runtime();
  const years = Array.from({ length: asked.span }, (_, index) => asked.year + index);
  const [{ locale }, ...lists] = await Promise.all([
    getWorkspace(db, workspaceId),
    ...years.map((year) => listHolidays(db, workspaceId, year)),
  ]);
  const countries = listCountries();
  const country = countries.find(({ code }) => code === asked.country)?.code;
  const regions = country === undefined ? [] : listRegions(country);
  const region = regions.find(({ code }) => code === asked.region)?.code;
  const known = new Set(lists.flat().map(({ date, name }) => `${date} ${name}`));
  const found = country === undefined ? [] : publicHolidays({ country, region }, years, locale);
  return {
    holidays: lists[0] ?? [],
    preview: {
      countries,
      regions,
      country,
      region,
      years,
      found: found.map((one) => ({ ...one, known: known.has(`${one.date} ${one.name}`) })),
    },
  };
}

const PAGE = 50;

/** A page of the log of the reader's own workspace, newest first. */
export async function loadAuditPage(question: AuditQuestion, zone: TimeZone): Promise<AuditPage> {
  const { workspaceId } = await requireAdmin("audit.read");
  const { db } = runtime();
  const filter = await findAuditFilter(db, workspaceId, question, zone);
  const after = readCursor(question.after);
  const [entries, actions, total] = await Promise.all([
    listAuditEntries(db, workspaceId, filter, { after, limit: PAGE + 1 }),
    listAuditActions(db, workspaceId),
    countAuditEntries(db, workspaceId),
  ]);
  const shown = entries.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    lines: shown.map(({ sequence, details, ...entry }) => ({
      ...entry,
      sequence: String(sequence),
      details: Object.keys(details).length === 0 ? "" : JSON.stringify(details, null, 2),
    })),
    next: entries.length > PAGE && last !== undefined ? writeCursor(last) : undefined,
    actions,
    total,
  };
}

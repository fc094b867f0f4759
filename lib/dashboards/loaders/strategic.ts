import "server-only";
import { getScope } from "@/lib/crm/reads/scope";
import type { Period } from "@/lib/metrics/core/range";
import { elapsedOf, periodOf } from "@/lib/metrics/core/range";
import { getPlace } from "@/lib/metrics/reads/place";
import { runtime } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Risk } from "../core/risk";
import { RISKS } from "../core/risk";
import type { PartRecords } from "../core/strategic";
import type { ViewState } from "../core/view-state";
import { parseViewState, usualState } from "../core/view-state";
import type { Flow } from "../core/waterfall";
import { FLOWS } from "../core/waterfall";
import { listRisk } from "../reads/strategic/risks";
import { listBar } from "../reads/strategic/waterfall";
import { getDashboardReader } from "./page";

/** A bar of the pipeline's changes, or a risk. */
export type Part =
  | { readonly kind: "bar"; readonly bar: "start" | "end" | Flow }
  | { readonly kind: "risk"; readonly risk: Risk };

function partOf(text: string | null): Part | undefined {
  const bar = (["start", "end", ...FLOWS] as const).find((known) => known === text);
  if (bar !== undefined) return { kind: "bar", bar };
  const risk = RISKS.find((known) => `risk-${known}` === text);
  return risk === undefined ? undefined : { kind: "risk", risk };
}

export type PartPage = {
  readonly part: Part;
  readonly state: ViewState;
  readonly records: PartRecords;
  readonly period: Period;
  readonly today: CalendarDate;
};

/** The deals behind a part of the strategic dashboard; undefined: no such part. Not found for whoever may not see it. */
export async function loadPart(address: URLSearchParams): Promise<PartPage | undefined> {
  const member = await getDashboardReader("strategic");
  const part = partOf(address.get("part"));
  if (part === undefined) return undefined;
  const { db, now } = runtime();
  const [scope, place] = await Promise.all([
    getScope(db, member),
    getPlace(db, member.workspaceId, now()),
  ]);
  const reader = { scope, place };
  const state = parseViewState(address, usualState("strategic"));
  const whole = periodOf(state.range, place.today, place.fiscalStart);
  const period = elapsedOf(whole, place.today) ?? { from: whole.from, to: whole.from };
  const records =
    part.kind === "risk"
      ? await listRisk(db, reader, state.filter, part.risk)
      : await listBar(db, reader, { days: period, filter: state.filter }, part.bar);
  return { part, state, records, period, today: place.today };
}

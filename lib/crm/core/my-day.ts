import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { ActivityRow, DayPart } from "./activity";
import { dayPartOf } from "./activity";

/** Whose day is shown: one's own, one person's, or everybody's the reader may see. */
export type Whose =
  | { readonly kind: "mine" | "everybody" }
  | { readonly kind: "one"; readonly id: string };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `?who=all`, `?who=<id>`; anything else is one's own. */
export function whoseOf(who: string | undefined): Whose {
  if (who === "all") return { kind: "everybody" };
  return who !== undefined && UUID.test(who) ? { kind: "one", id: who } : { kind: "mine" };
}

export const DAY_PARTS = [
  "overdue",
  "today",
  "week",
  "later",
] as const satisfies readonly DayPart[];

export type MyDay = {
  readonly whose: Whose;
  /** Of the person, when it is one other than the reader. */
  readonly personName: string | null;
  /** Beside the title: own deals, team East, all teams. */
  readonly scope: string;
  readonly mayLookAround: boolean;
  readonly parts: Readonly<Record<DayPart, readonly ActivityRow[]>>;
  readonly done: readonly ActivityRow[];
  /** There is more than is shown. */
  readonly more: boolean;
  readonly now: Instant;
};

/** What is due, by where in the week it stands on this clock. */
export function partsOf(due: readonly ActivityRow[], now: Instant, zone: TimeZone): MyDay["parts"] {
  const by = Map.groupBy(due, ({ dueAt, allDay }) =>
    dueAt === null ? "later" : dayPartOf({ dueAt, allDay }, now, zone),
  );
  return {
    overdue: by.get("overdue") ?? [],
    today: by.get("today") ?? [],
    week: by.get("week") ?? [],
    later: by.get("later") ?? [],
  };
}

import { open } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import type { OutboundFetch } from "@/lib/http/outbound";
import type { Deps } from "@/lib/runtime";
import type { CalendarSecret } from "../core/external-calendar";
import { calendarSecret } from "../core/external-calendar";

/** What the jobs of calendars need: `fetch` is the way out, which tests lead to servers of their own. */
export type CalendarDeps = Pick<Deps, "db" | "queue" | "now" | "keys" | "appUrl" | "invalidate"> & {
  readonly fetch: OutboundFetch;
};

type Sealed = { readonly workspaceId: string; readonly id: string; readonly sealed: Uint8Array };

/** Where a calendar's secret is sealed for. */
export const sealedPlace = ({ workspaceId, id }: Pick<Sealed, "workspaceId" | "id">) => ({
  workspaceId,
  table: "external_calendar",
  column: "sealed",
  id,
});

/** Opens what a calendar is read and written with. Throws SealError. */
export const openSecret = (keys: KeyRing, calendar: Sealed): CalendarSecret =>
  calendarSecret.parse(
    JSON.parse(open(keys, calendar.sealed, sealedPlace(calendar)).toString("utf8")),
  );

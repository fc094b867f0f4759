import { z } from "zod";
import { calendarDateOnWire } from "@/lib/time/wire";
import { SECTION_KEYS } from "./core/report";

/** What a report is asked for by machines; days are the workspace's. */
export const reportQuestion = z.strictObject({
  from: calendarDateOnWire.optional(),
  to: calendarDateOnWire.optional(),
  format: z.enum(["json", "csv", "xlsx"]).default("json"),
  /** Which table a CSV file holds. */
  section: z.enum(SECTION_KEYS).optional(),
});

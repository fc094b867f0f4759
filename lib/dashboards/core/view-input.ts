import { z } from "zod";
import { REFRESHES, VISIBILITIES } from "./page";
import { DASHBOARDS } from "./view-state";

/** Views of one person on one dashboard. */
export const MOST_VIEWS = 30;

const name = z.string().trim().min(1).max(60);
const query = z.string().max(8_000);
const visibility = z.enum(VISIBILITIES);
const block = z.string().regex(/^[a-z][\w-]{0,39}$/i);
const layout = z.strictObject({
  hidden: z.array(block).max(40).readonly(),
  order: z.array(block).max(40).readonly(),
});
const version = z.int().min(1);

/** What is done to a view: made, changed by somebody who saw `version` of it, deleted, brought back. */
export const dashboardViewAct = z.discriminatedUnion("act", [
  z.strictObject({
    act: z.literal("make"),
    dashboard: z.enum(DASHBOARDS),
    name,
    query,
    layout,
    visibility,
  }),
  z.strictObject({
    act: z.literal("change"),
    id: z.uuid(),
    version,
    name: name.exactOptional(),
    query: query.exactOptional(),
    layout: layout.exactOptional(),
    visibility: visibility.exactOptional(),
    isDefault: z.boolean().exactOptional(),
  }),
  z.strictObject({ act: z.literal("delete"), id: z.uuid(), version }),
  z.strictObject({ act: z.literal("restore"), id: z.uuid() }),
]);

export type DashboardViewAct = z.infer<typeof dashboardViewAct>;

export type DashboardViewRefusal =
  | "name-taken"
  | "too-many"
  | "not-here"
  | "changed-meanwhile"
  | "not-yours"
  | "default-is-shared";

/** How its sender reads a dashboard; what is absent stays as it is. */
export const preferenceInput = z.strictObject({
  dashboard: z.enum(DASHBOARDS),
  refreshMinutes: z.literal(REFRESHES).exactOptional(),
  /** Null: the workspace's first view again. */
  startViewId: z.uuid().nullable().exactOptional(),
});

export type PreferenceInput = z.infer<typeof preferenceInput>;

export type DashboardViewAnswer =
  | { readonly status: "done"; readonly id: string }
  | { readonly status: "refused"; readonly message: string };

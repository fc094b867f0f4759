import { z } from "zod";

/** Views of one person in one place. */
export const MOST_VIEWS = 30;

const name = z.string().trim().min(1).max(60);

/** What is done to a saved view: kept, filled anew with what is shown, renamed, shared, made the first one seen, dropped. */
export const viewAct = z.discriminatedUnion("act", [
  z.strictObject({
    act: z.literal("keep"),
    place: z.enum(["leads", "pipeline", "forecast", "companies", "contacts"]),
    name,
    query: z.string().max(4_000),
    shared: z.boolean(),
  }),
  z.strictObject({
    act: z.literal("change"),
    id: z.uuid(),
    name: name.exactOptional(),
    query: z.string().max(4_000).exactOptional(),
    shared: z.boolean().exactOptional(),
    isDefault: z.boolean().exactOptional(),
  }),
  z.strictObject({ act: z.literal("drop"), id: z.uuid() }),
]);

export type ViewAct = z.infer<typeof viewAct>;
export type ViewRefusal = "name-taken" | "too-many" | "not-here";

export type ViewAnswer =
  | { readonly status: "done"; readonly id: string }
  | { readonly status: "refused"; readonly message: string };

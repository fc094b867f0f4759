import { z } from "zod";
import { importMapping } from "./import-mapping";

/** What a file is sent with, in the address: the body is the file itself. */
export const importQuestion = z.strictObject({
  /** The name of a mapping; without one the file waits for its mapping on its page. */
  mapping: z.string().trim().min(1).max(80).optional(),
  /** What the file is called. */
  name: z.string().trim().min(1).max(200).default("leads.csv"),
  /** "1" checks the file and keeps nothing. */
  dryRun: z.enum(["0", "1"]).default("0"),
});

/** The largest file that is taken over the network, 512 MB. */
export const MOST_IMPORT_BYTES = 512_000_000;

export const importForm = z.strictObject({
  id: z.uuid(),
  mapping: importMapping,
  name: z.string().trim().min(1).max(80),
  dryRun: z.boolean(),
});

export type ImportAnswer =
  | { readonly status: "idle" }
  | { readonly status: "done"; readonly id: string }
  | { readonly status: "refused"; readonly message: string };

import { z } from "zod";
import { parseLeadFilter } from "@/lib/crm/core/lead-filter";
import { readMatchingIds } from "@/lib/crm/loaders/list";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";

/** Ids of every lead of a filter (as the list has it in its address), at most 10,000: what a change of all of them goes through. */
export const GET = memberRoute(
  {
    route: "GET /leads/matching",
    query: z.strictObject({ filter: z.string().max(4_000).default("") }),
  },
  async ({ actor, query }) =>
    jsonAnswer(
      200,
      await readMatchingIds(actor, parseLeadFilter(new URLSearchParams(query.filter))),
    ),
);

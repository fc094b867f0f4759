import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { peoplePolicy } from "@/lib/people/policy";
import { searchHosts } from "@/lib/people/reads/people";
import { runtime } from "@/lib/runtime";

/** Colleagues who may hold meetings, by part of their name or address: at most 20, for a field that asks for one. */
export const GET = memberRoute(
  {
    route: "GET /api/v1/people",
    query: z.strictObject({ q: z.string().max(100).default("") }),
  },
  async ({ actor, query }) => {
    const { workspaceId } = actor;
    if (!peoplePolicy.can(actor, "people.find", { workspaceId, userId: null })) throw new NotHere();
    return jsonAnswer(200, {
      people: await searchHosts(runtime().db, workspaceId, query.q.trim()),
    });
  },
);

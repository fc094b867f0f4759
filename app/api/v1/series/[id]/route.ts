import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { seriesOnWire } from "@/lib/meetings/core/api-series";
import { factsOf } from "@/lib/meetings/core/meeting";
import { meetingPolicy } from "@/lib/meetings/policy";
import { listSeriesMeetings } from "@/lib/meetings/reads/meeting";
import { findSeries } from "@/lib/meetings/reads/series";
import { runtime } from "@/lib/runtime";

/** A series with those of its dates the caller may see; without any there is nothing here. */
export const GET = memberRoute(
  { route: "GET /api/v1/series/{id}", params: z.object({ id: z.uuid() }) },
  async ({ actor, params: { id } }) => {
    const { db } = runtime();
    const { workspaceId } = actor;
    const series = await findSeries(db, workspaceId, id);
    const dates = series === undefined ? [] : await listSeriesMeetings(db, workspaceId, id);
    const seen = dates.filter((date) => meetingPolicy.can(actor, "meeting.read", factsOf(date)));
    if (series === undefined || seen.length === 0) throw new NotHere();
    return jsonAnswer(200, seriesOnWire(series, seen));
  },
);

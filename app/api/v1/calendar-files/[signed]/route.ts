import { z } from "zod";
import { NotHere } from "@/lib/access/policy";
import { countedReads, publicRoute } from "@/lib/http/route";
import { readCalendarLink } from "@/lib/mail/calendar-link";
import { makeCalendarFile } from "@/lib/meetings/commands/make-calendar-file";
import { runtime } from "@/lib/runtime";

/** The calendar file a signed link names; nothing else leads to it. */
export const GET = publicRoute(
  {
    route: "GET /api/v1/calendar-files/{signed}",
    params: z.object({ signed: z.string().max(400) }),
    limits: countedReads,
  },
  async ({ params }) => {
    const deps = runtime();
    const file = readCalendarLink(deps.keys, params.signed, deps.now());
    const text = file && (await makeCalendarFile(file, deps));
    if (text === undefined) throw new NotHere();
    return new Response(text, {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'attachment; filename="meeting.ics"',
        "cache-control": "private, no-store",
        "x-robots-tag": "noindex",
      },
    });
  },
);

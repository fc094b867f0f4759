import type { Area } from "../roles";
import { ANY_HOST, call, everybody, HOSTS, page, RUNNERS, SIGNED_IN } from "../roles";

/** Hours, links, and calendars elsewhere. */
export const scheduling: Area = {
  routes: {
    "GET /availability": page(404, { 200: ANY_HOST }),
    // The links in question are the host's alone.
    "GET /links": page(404, { 200: ANY_HOST }),
    "GET /links/[id]": page(404, { 200: RUNNERS }),
    "GET /links/[id]/share": page(404, { 200: RUNNERS }),
    "GET /links/[id]/statistics": page(404, { 200: RUNNERS }),
    "GET /settings/calendars": page(200),
    // When colleagues are taken: for those who make meetings with them.
    "GET /api/v1/free-busy": call(403, { 200: ANY_HOST }),
    "GET /api/v1/free-busy/conflicts": call(403, { 200: ANY_HOST }),
    "GET /api/v1/free-busy/rooms": call(403, { 200: ANY_HOST }),
    // A secret address nobody knows.
    "GET /api/v1/feeds/[token]/calendar.ics": everybody(404),
  },
  actions: {
    // Somebody's hours: their own business, and a manager's.
    "lib/availability/actions.ts#saveScheduleAction": RUNNERS,
    "lib/availability/actions.ts#makeScheduleAction": RUNNERS,
    "lib/availability/actions.ts#renameScheduleAction": RUNNERS,
    "lib/availability/actions.ts#setDefaultScheduleAction": RUNNERS,
    "lib/availability/actions.ts#deleteScheduleAction": RUNNERS,
    "lib/availability/actions.ts#saveAbsenceAction": RUNNERS,
    "lib/availability/actions.ts#removeAbsenceAction": RUNNERS,
    // One's own calendars: of the matrix the host has one, and a feed. An account on an inner address is refused.
    "lib/calendars/actions.ts#addAccountAction": [],
    "lib/calendars/actions.ts#addFeedAction": SIGNED_IN,
    "lib/calendars/actions.ts#changeCalendarAction": ["host"],
    "lib/calendars/actions.ts#endFeedAction": ["host"],
    "lib/calendars/actions.ts#readCalendarAction": ["host"],
    "lib/calendars/actions.ts#removeCalendarAction": ["host"],
    "lib/calendars/actions.ts#renewFeedAction": SIGNED_IN,
    "lib/links/actions.ts#archiveLinkAction": RUNNERS,
    // Whoever may have meetings; the stranger has no hours to offer.
    "lib/links/actions.ts#createLinkAction": HOSTS,
    // What the matrix sends is no picture.
    "lib/links/actions.ts#keepLogoAction": [],
    "lib/links/actions.ts#makeOneOffAction": RUNNERS,
    // Shows, and keeps nothing.
    "lib/links/actions.ts#previewLinkAction": [],
    "lib/links/actions.ts#regenerateLinkAction": RUNNERS,
    "lib/links/actions.ts#restoreLinkAction": RUNNERS,
    "lib/links/actions.ts#saveLinkAction": RUNNERS,
  },
};

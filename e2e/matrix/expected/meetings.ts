import type { Area } from "../roles";
import { ANY_HOST, ANY_MANAGER, call, MANAGERS, page, RUNNERS } from "../roles";

/** Meetings, series, the inbox and the reports. */
export const meetings: Area = {
  routes: {
    "GET /meetings": page(404, { 200: ANY_HOST }),
    "GET /meetings/new": page(404, { 200: ANY_HOST }),
    "GET /meetings/[id]": page(404, { 200: RUNNERS }),
    "GET /meetings/[id]/edit": page(404, { 200: RUNNERS }),
    // Reports are for those who manage meetings.
    "GET /reports/meetings": page(404, { 200: ANY_MANAGER }),
    "GET /inbox": page(200),
    // Colleagues are found by those who make meetings with them.
    "GET /api/v1/people": call(404, { 200: ANY_HOST }),
    "GET /api/v1/meetings": call(403, { 200: ANY_HOST }),
    "POST /api/v1/meetings": call(403, { 201: ANY_HOST }),
    "POST /api/v1/meetings/conflicts": call(403, { 200: ANY_HOST }),
    "GET /api/v1/reports/meetings": call(403, { 200: ANY_MANAGER }),
    // A change to the private meeting: those who run it may; a colleague and a stranger find nothing there.
    "GET /api/v1/meetings/[id]": call(404, { 200: RUNNERS }),
    "PATCH /api/v1/meetings/[id]": call(404, { 200: RUNNERS }),
    // It has not begun, and a guest asked for it: whoever may is told so.
    "POST /api/v1/meetings/[id]/close": call(404, { 409: RUNNERS }),
    "POST /api/v1/meetings/[id]/reopen": call(404, { 409: RUNNERS }),
    "POST /api/v1/meetings/[id]/confirm": call(404, { 200: RUNNERS }),
    "POST /api/v1/meetings/[id]/decline": call(404, { 200: RUNNERS }),
    "POST /api/v1/meetings/[id]/cancel": call(404, { 200: RUNNERS }),
    "POST /api/v1/meetings/[id]/reschedule": call(404, { 200: RUNNERS }),
    // Its host needs no invitation, and whoever only manages it has none.
    "POST /api/v1/meetings/[id]/answer": call(404, { 403: MANAGERS, 409: ["host"] }),
    "GET /api/v1/meetings/[id]/proposals": call(404, { 200: RUNNERS }),
    "POST /api/v1/meetings/[id]/proposals": call(404, { 403: MANAGERS, 409: ["host"] }),
    // What the guest proposed is left as it is.
    "POST /api/v1/meetings/[id]/proposals/[proposalId]": call(404, { 200: RUNNERS }),
    // The meeting is no series.
    "GET /api/v1/series/[id]": call(404),
  },
  actions: {
    "lib/meetings/actions.ts#confirmMeetingAction": RUNNERS,
    "lib/meetings/actions.ts#declineMeetingAction": RUNNERS,
    "lib/meetings/actions.ts#cancelMeetingAction": RUNNERS,
    "lib/meetings/actions.ts#resendMailAction": RUNNERS,
    "lib/meetings/actions.ts#completeTaskAction": ["host"],
    // Who runs the meeting and sees the deal.
    "lib/meetings/actions/link-deal.ts#linkDealAction": MANAGERS,
    "lib/meetings/actions/minutes.ts#mailMinutesAction": RUNNERS,
    "lib/meetings/actions/minutes.ts#writeMinutesAction": RUNNERS,
    // Whoever holds meetings; the stranger in their own workspace.
    "lib/meetings/actions/move-meeting.ts#makeFromCalendarAction": ANY_HOST,
    "lib/meetings/actions/move-meeting.ts#moveMeetingAction": RUNNERS,
    // The host moved it; nobody else can take that back.
    "lib/meetings/actions/move-meeting.ts#takeBackMoveAction": ["host"],
    "lib/notifications/actions.ts#markReadAction": ["host"],
    // Whoever holds meetings; the stranger in their own workspace.
    "lib/meetings/actions/save-meeting.ts#makeMeetingAction": ANY_HOST,
    "lib/meetings/actions/save-meeting.ts#editMeetingAction": RUNNERS,
    "lib/meetings/actions/run-meeting.ts#reopenMeetingAction": RUNNERS,
    "lib/meetings/actions/run-meeting.ts#closeMeetingAction": RUNNERS,
    // For these, the other host was invited.
    "lib/meetings/actions/run-meeting.ts#answerMeetingAction": ["otherHost"],
    "lib/meetings/actions/run-meeting.ts#proposeTimeAction": ["otherHost"],
    "lib/meetings/actions/run-meeting.ts#acceptProposalAction": RUNNERS,
    "lib/meetings/actions/run-meeting.ts#declineProposalAction": RUNNERS,
    "lib/meetings/actions/run-meeting.ts#resendAllAction": RUNNERS,
    // Nothing failed that could be tried again.
    "lib/meetings/actions/run-meeting.ts#retryOnlineAction": [],
    "lib/meetings/actions/series.ts#cancelSeriesAction": RUNNERS,
    "lib/meetings/actions/series.ts#confirmSeriesAction": RUNNERS,
    "lib/meetings/actions/series.ts#editSeriesAction": RUNNERS,
    // Whoever holds meetings; the stranger in their own workspace.
    "lib/meetings/actions/series.ts#makeSeriesAction": ANY_HOST,
    // Show, and keep nothing.
    "lib/meetings/actions/series.ts#previewSeriesAction": [],
    "lib/meetings/actions/series.ts#previewSeriesEditAction": [],
  },
  // A question with a long body.
  changingNothing: ["POST /api/v1/meetings/conflicts"],
};

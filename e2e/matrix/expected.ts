/**
 * Who may what, whole: every route and every server action of the built application, for everybody who could ask.
 * Reviewed by hand. A route or action that is built and not listed here fails, and so does one that is listed and
 * not built.
 *
 * The meeting in question is private, hosted by `host`, and booked by `guest`. `otherGuest` holds the capability of
 * another meeting, `otherHost` is a host without a part in it, `disabled` is a manager whose account was closed while
 * a session was open, and `stranger` is the admin of another workspace.
 */
export const ROLES = [
  "anonymous",
  "guest",
  "otherGuest",
  "host",
  "otherHost",
  "manager",
  "admin",
  "crmUser",
  "disabled",
  "stranger",
] as const;

export type Role = (typeof ROLES)[number];

/** One status for each role, in the order above. */
type Row = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

const everybody = (status: number): Row => [
  status,
  status,
  status,
  status,
  status,
  status,
  status,
  status,
  status,
  status,
];

// A change to the private meeting: those who run it may; a colleague and a stranger find nothing there.
const RUNNERS: Row = [401, 401, 401, 200, 404, 200, 200, 404, 401, 404];
// With the capability in the path, who else one is does not matter; without one there is nothing.
const CAPABILITY: Row = [404, 200, 404, 404, 404, 404, 404, 404, 404, 404];
// A page for people who are signed in; others are led to the sign-in page.
const OFFICE: Row = [307, 307, 307, 200, 200, 200, 200, 200, 307, 200];

// The administration: an admin's, each of their own workspace; to others there is nothing there.
const ADMIN_PAGE: Row = [307, 307, 307, 404, 404, 404, 200, 404, 307, 200];
// Everybody's meetings and what they are held in: those who manage them; to others there is nothing there.
const MANAGER_PAGE: Row = [307, 307, 307, 404, 404, 200, 200, 404, 307, 200];
const ADMIN_CALL: Row = [401, 401, 401, 403, 403, 403, 200, 403, 401, 200];
// For everybody who makes meetings; a stranger gets what is their own workspace's.
const HOSTS_CALL: Row = [401, 401, 401, 200, 200, 200, 200, 403, 401, 200];
// Something of this workspace, for those who manage meetings; a stranger finds nothing there.
const MANAGERS_OWN: Row = [401, 401, 401, 403, 403, 200, 200, 403, 401, 404];

/** `METHOD path` of Next's own manifest. Methods of an API path that are not listed answer 405 to everybody. */
export const ROUTES: Readonly<Record<string, Row>> = {
  //                                        anon guest other host  ohost mgr  admin crm  gone  strange
  "GET /": everybody(200),
  "GET /meetings": [307, 307, 307, 200, 200, 200, 200, 404, 307, 200],
  "GET /meetings/new": [307, 307, 307, 200, 200, 200, 200, 404, 307, 200],
  "GET /meetings/[id]": [307, 307, 307, 200, 404, 200, 200, 404, 307, 404],
  "GET /meetings/[id]/edit": [307, 307, 307, 200, 404, 200, 200, 404, 307, 404],
  "GET /availability": [307, 307, 307, 200, 200, 200, 200, 404, 307, 200],
  // The links in question are the host's alone.
  "GET /links": [307, 307, 307, 200, 200, 200, 200, 404, 307, 200],
  "GET /links/[id]": [307, 307, 307, 200, 404, 200, 200, 404, 307, 404],
  "GET /links/[id]/share": [307, 307, 307, 200, 404, 200, 200, 404, 307, 404],
  "GET /links/[id]/statistics": [307, 307, 307, 200, 404, 200, 200, 404, 307, 404],
  "GET /rooms": [307, 307, 307, 200, 200, 200, 200, 404, 307, 200],
  "GET /rooms/manage": MANAGER_PAGE,
  "GET /rooms/manage/[id]": [307, 307, 307, 404, 404, 200, 200, 404, 307, 404],
  // The same page for every tablet: which room it shows is decided by the token the tablet holds, and nobody here has one.
  "GET /rooms/[id]/display": everybody(200),
  "GET /virtual-rooms": MANAGER_PAGE,
  // A virtual room of the workspace; the stranger's is another.
  "GET /virtual-rooms/[id]": [307, 307, 307, 404, 404, 200, 200, 404, 307, 404],
  // Reports are for those who manage meetings.
  "GET /reports/meetings": [307, 307, 307, 404, 404, 200, 200, 404, 307, 200],
  "GET /inbox": OFFICE,
  // The demonstration's mails, for its own staff.
  "GET /mailbox": [307, 307, 307, 200, 200, 200, 200, 404, 307, 404],
  // No mail of that name: a denial and an absence look alike.
  "GET /mailbox/[id]": [307, 307, 307, 404, 404, 404, 404, 404, 307, 404],
  "GET /settings": OFFICE,
  "GET /settings/notifications": OFFICE,
  "GET /settings/calendars": OFFICE,
  "GET /settings/keys": OFFICE,
  // People are the admin's; a stranger sees those of their own workspace.
  "GET /admin/users": ADMIN_PAGE,
  // Leads to the first of them, which asks.
  "GET /admin": everybody(307),
  "GET /admin/audit": ADMIN_PAGE,
  // What mails say and how they fared is for whoever manages meetings; addresses that take none are an admin's.
  "GET /admin/mail": MANAGER_PAGE,
  "GET /admin/mail/suppressions": ADMIN_PAGE,
  "GET /admin/mail/templates": MANAGER_PAGE,
  "GET /admin/holidays": ADMIN_PAGE,
  "GET /admin/jobs": ADMIN_PAGE,
  "GET /admin/privacy": ADMIN_PAGE,
  "GET /admin/webhooks": ADMIN_PAGE,
  // No endpoint of that name.
  "GET /admin/webhooks/[id]": [307, 307, 307, 404, 404, 404, 404, 404, 307, 404],
  "GET /admin/workspace": ADMIN_PAGE,
  // Somebody is here: the page that makes the first admin is gone.
  "GET /setup": everybody(404),
  "GET /settings/security": OFFICE,
  "GET /[...missing]": everybody(404),
  // The way in. Without a link's token, or a sign-in in progress, each says kindly that there is nothing to do.
  "GET /account/email": everybody(200),
  "GET /account/undo": everybody(200),
  "GET /invitation": everybody(200),
  "GET /sign-in/email": everybody(200),
  "GET /sign-in/forgotten": everybody(200),
  "GET /sign-in/link": everybody(200),
  "GET /sign-in/reset": everybody(200),
  "GET /sign-in/second-factor": everybody(200),
  "GET /sign-in/trouble": everybody(200),
  // A provider nobody configured.
  "GET /api/auth/oidc/[provider]": everybody(404),
  "GET /api/auth/oidc/[provider]/start": everybody(404),
  // A challenge for anybody's passkey.
  "POST /api/auth/passkey": everybody(200),
  "GET /accessibility/[locale]": everybody(200),
  "GET /privacy/[locale]": everybody(200),
  "GET /book/[token]/[locale]/[zone]/[day]": everybody(200),
  "GET /book/[token]/details": everybody(200),
  "GET /book/[token]/wait": everybody(200),
  "GET /embed/[token]/[locale]/[zone]/[day]": everybody(200),
  "GET /embed/[token]/details": everybody(200),
  "GET /embed/[token]/wait": everybody(200),
  // The script other websites load.
  "GET /embed.js": everybody(200),
  // Without the capability the page says kindly that it knows nothing; what it shows is tested apart.
  "GET /m/[token]": everybody(200),
  // The same for one invitation.
  "GET /answer/[token]": everybody(200),
  // The same for a place on a waiting list.
  "GET /waiting/[token]": everybody(200),

  "GET /api/health": everybody(200),
  "GET /api/ready": everybody(200),
  "POST /api/internal/invalidate": everybody(401),
  // Whoever hands a mail over knows a secret; nothing takes delivery events where it is not set up.
  "POST /api/webhooks/mail": everybody(404),
  "POST /api/webhooks/resend": everybody(404),
  // Signed by Zoom, or nothing: the matrix signs nothing.
  "POST /api/webhooks/zoom": everybody(401),
  "GET /api/v1/openapi.json": everybody(200),
  "POST /api/v1/admin/audit/export": ADMIN_CALL,
  "GET /api/v1/admin/audit/verification": ADMIN_CALL,
  // The body of the question is no picture.
  "PUT /api/v1/admin/logo": [401, 401, 401, 403, 403, 403, 422, 403, 401, 422],
  "DELETE /api/v1/admin/logo": [401, 401, 401, 403, 403, 403, 204, 403, 401, 204],
  "POST /api/v1/admin/privacy/export": ADMIN_CALL,
  "GET /api/v1/booking-links/[token]/live": everybody(200),
  "GET /api/v1/booking-links/[token]": everybody(200),
  "GET /api/v1/booking-links/[token]/slots": everybody(200),
  "POST /api/v1/booking-links/[token]/bookings": everybody(201),
  "POST /api/v1/booking-links/[token]/visits": everybody(204),
  "GET /api/v1/bookings/[manageToken]": CAPABILITY,
  "PATCH /api/v1/bookings/[manageToken]": CAPABILITY,
  "DELETE /api/v1/bookings/[manageToken]": CAPABILITY,
  "GET /api/v1/calendar-files/[signed]": CAPABILITY,
  // When colleagues are taken: for those who make meetings with them.
  "GET /api/v1/free-busy": [401, 401, 401, 200, 200, 200, 200, 403, 401, 200],
  "GET /api/v1/free-busy/conflicts": [401, 401, 401, 200, 200, 200, 200, 403, 401, 200],
  "GET /api/v1/free-busy/rooms": [401, 401, 401, 200, 200, 200, 200, 403, 401, 200],
  // A secret address nobody knows.
  "GET /api/v1/feeds/[token]/calendar.ics": everybody(404),
  // No picture of that name.
  "GET /api/v1/images/[id]": everybody(404),
  // Colleagues are found by those who make meetings with them.
  "GET /api/v1/people": [401, 401, 401, 200, 200, 200, 200, 404, 401, 200],
  // The body of the question is no picture.
  "PUT /api/v1/photo": [401, 401, 401, 422, 422, 422, 422, 422, 401, 422],
  "GET /api/v1/webhooks": ADMIN_CALL,
  "POST /api/v1/webhooks": [401, 401, 401, 403, 403, 403, 201, 403, 401, 201],
  // No endpoint of that name.
  "DELETE /api/v1/webhooks/[id]": [401, 401, 401, 403, 403, 403, 404, 403, 401, 404],
  "GET /api/v1/meetings": [401, 401, 401, 200, 200, 200, 200, 403, 401, 200],
  "POST /api/v1/meetings": [401, 401, 401, 201, 201, 201, 201, 403, 401, 201],
  "POST /api/v1/meetings/conflicts": [401, 401, 401, 200, 200, 200, 200, 403, 401, 200],
  "GET /api/v1/reports/meetings": [401, 401, 401, 403, 403, 200, 200, 403, 401, 200],
  "GET /api/v1/meetings/[id]": RUNNERS,
  "PATCH /api/v1/meetings/[id]": RUNNERS,
  // It has not begun, and a guest asked for it: whoever may is told so.
  "POST /api/v1/meetings/[id]/close": [401, 401, 401, 409, 404, 409, 409, 404, 401, 404],
  "POST /api/v1/meetings/[id]/reopen": [401, 401, 401, 409, 404, 409, 409, 404, 401, 404],
  "POST /api/v1/meetings/[id]/confirm": RUNNERS,
  "POST /api/v1/meetings/[id]/decline": RUNNERS,
  "POST /api/v1/meetings/[id]/cancel": RUNNERS,
  "POST /api/v1/meetings/[id]/reschedule": RUNNERS,
  // Its host needs no invitation, and whoever only manages it has none.
  "POST /api/v1/meetings/[id]/answer": [401, 401, 401, 409, 404, 403, 403, 404, 401, 404],
  "GET /api/v1/meetings/[id]/proposals": RUNNERS,
  "POST /api/v1/meetings/[id]/proposals": [401, 401, 401, 409, 404, 403, 403, 404, 401, 404],
  // What the guest proposed is left as it is.
  "POST /api/v1/meetings/[id]/proposals/[proposalId]": RUNNERS,
  // The meeting is no series.
  "GET /api/v1/series/[id]": [401, 401, 401, 404, 404, 404, 404, 404, 401, 404],
  // Rooms are seen by those who make meetings, and described by those who manage them.
  // A tablet without a token is told that it has none, and asks for a code; nobody signed in acts as a door.
  "GET /api/v1/displays/current": everybody(200),
  "POST /api/v1/displays/current": everybody(401),
  "POST /api/v1/displays/pairing": everybody(201),
  "GET /api/v1/rooms": HOSTS_CALL,
  // The stranger's workspace has no location of that name.
  "POST /api/v1/rooms": [401, 401, 401, 403, 403, 201, 201, 403, 401, 422],
  "GET /api/v1/rooms/[id]": [401, 401, 401, 200, 200, 200, 200, 403, 401, 404],
  "PATCH /api/v1/rooms/[id]": MANAGERS_OWN,
  // Nobody keeps the room, so managers answer for it; the meeting did not ask for it.
  "GET /api/v1/rooms/[id]/requests": MANAGERS_OWN,
  "POST /api/v1/rooms/[id]/requests/[meetingId]": [
    401, 401, 401, 403, 403, 409, 409, 403, 401, 404,
  ],
  "GET /api/v1/rooms/locations": HOSTS_CALL,
  "POST /api/v1/rooms/locations": [401, 401, 401, 403, 403, 201, 201, 403, 401, 201],
  // The body of the question is no picture, and there is none to remove.
  "PUT /api/v1/rooms/[id]/photo": [401, 401, 401, 403, 403, 422, 422, 403, 401, 404],
  "DELETE /api/v1/rooms/[id]/photo": [401, 401, 401, 403, 403, 204, 204, 403, 401, 404],
  // Hosts choose among them; those who manage meetings manage them.
  "GET /api/v1/virtual-rooms": HOSTS_CALL,
  "POST /api/v1/virtual-rooms": [401, 401, 401, 403, 403, 201, 201, 403, 401, 201],
  "GET /api/v1/virtual-rooms/[id]": MANAGERS_OWN,
  "PATCH /api/v1/virtual-rooms/[id]": MANAGERS_OWN,
  "DELETE /api/v1/virtual-rooms/[id]": [401, 401, 401, 403, 403, 204, 204, 403, 401, 404],
  // Without credentials it says so, and when it was tried.
  "POST /api/v1/virtual-rooms/[id]/test": MANAGERS_OWN,
  "POST /api/v1/virtual-rooms/[id]/accounts": [401, 401, 401, 403, 403, 201, 201, 403, 401, 404],
  "PATCH /api/v1/virtual-rooms/[id]/accounts/[accountId]": MANAGERS_OWN,
  "DELETE /api/v1/virtual-rooms/[id]/accounts/[accountId]": [
    401, 401, 401, 403, 403, 204, 204, 403, 401, 404,
  ],
};

/** Whoever may changes nothing: a count is written a moment later and is nobody's, a question has a long body. */
export const CHANGE_NOTHING: readonly string[] = [
  "POST /api/v1/booking-links/[token]/visits",
  "POST /api/v1/meetings/conflicts",
];

/** Built by the framework from files that hold no code of ours: the icon, and its pages for errors. */
export const WITHOUT_CODE: readonly string[] = ["/icon.svg", "/_not-found", "/_global-error"];

const SIGNED_IN: readonly Role[] = ["host", "otherHost", "manager", "admin", "crmUser", "stranger"];

/** `file#export` of Next's own manifest, and the roles for whom it changes something. */
export const ACTIONS: Readonly<Record<string, readonly Role[]>> = {
  "lib/auth/actions.ts#signInAction": ROLES,
  // Ending a session that is dead already marks its row, and nothing else.
  "lib/auth/actions.ts#signOutAction": [
    "host",
    "otherHost",
    "manager",
    "admin",
    "crmUser",
    "disabled",
    "stranger",
  ],
  // Somebody's hours: their own business, and a manager's.
  "lib/availability/actions.ts#saveScheduleAction": ["host", "manager", "admin"],
  "lib/availability/actions.ts#makeScheduleAction": ["host", "manager", "admin"],
  "lib/availability/actions.ts#renameScheduleAction": ["host", "manager", "admin"],
  "lib/availability/actions.ts#setDefaultScheduleAction": ["host", "manager", "admin"],
  "lib/availability/actions.ts#deleteScheduleAction": ["host", "manager", "admin"],
  "lib/availability/actions.ts#saveAbsenceAction": ["host", "manager", "admin"],
  "lib/availability/actions.ts#removeAbsenceAction": ["host", "manager", "admin"],
  // A link by mail is asked for in the same way for everybody; the other links' tokens are nobody's.
  "lib/auth/actions/links.ts#askLinkAction": ROLES,
  "lib/auth/actions/links.ts#acceptInvitationAction": [],
  "lib/auth/actions/links.ts#confirmEmailAction": [],
  "lib/auth/actions/links.ts#openLinkAction": [],
  "lib/auth/actions/links.ts#resetPasswordAction": [],
  "lib/auth/actions/links.ts#undoEmailAction": [],
  // Without a first step there is no second one.
  "lib/auth/actions/steps.ts#enterCodeAction": [],
  "lib/auth/actions/steps.ts#enterPasskeyAction": [],
  "lib/auth/actions/steps.ts#leaveStepAction": [],
  // Those of the demonstration have a password to show; a stranger has none.
  "lib/auth/actions/security.ts#proveAction": ["host", "otherHost", "manager", "admin", "crmUser"],
  "lib/auth/actions/security.ts#askEmailAction": SIGNED_IN,
  "lib/auth/actions/security.ts#changePasswordAction": SIGNED_IN,
  "lib/auth/actions/security.ts#endOtherSessionsAction": SIGNED_IN,
  // A session of the host's.
  "lib/auth/actions/security.ts#endSessionAction": ["host"],
  "lib/auth/actions/security.ts#offerTotpAction": SIGNED_IN,
  // Nothing that could be confirmed, renewed or removed: no code, app, passkey or identity.
  "lib/auth/actions/security.ts#addPasskeyAction": [],
  "lib/auth/actions/security.ts#confirmTotpAction": [],
  "lib/auth/actions/security.ts#removeIdentityAction": [],
  "lib/auth/actions/security.ts#removePasskeyAction": [],
  "lib/auth/actions/security.ts#removeTotpAction": [],
  "lib/auth/actions/security.ts#renamePasskeyAction": [],
  "lib/auth/actions/security.ts#renewCodesAction": [],
  "lib/booking/actions.ts#bookAction": ROLES,
  "lib/booking/actions.ts#bookInFrameAction": ROLES,
  "lib/booking/actions.ts#rescheduleAction": ["guest"],
  "lib/booking/actions.ts#cancelBookingAction": ["guest"],
  "lib/booking/actions.ts#undoCancelAction": ["guest"],
  // Everybody may wait for a link that has a list.
  "lib/booking/actions.ts#joinWaitingListAction": ROLES,
  // With the capability of somebody who waits; nobody of the matrix does.
  "lib/booking/actions.ts#leaveWaitingListAction": [],
  // Shows, and changes nothing.
  "lib/booking/actions.ts#previewHoursAction": [],
  // One's own calendars: of the matrix the host has one, and a feed. An account on an inner address is refused.
  "lib/calendars/actions.ts#addAccountAction": [],
  "lib/calendars/actions.ts#addFeedAction": SIGNED_IN,
  "lib/calendars/actions.ts#changeCalendarAction": ["host"],
  "lib/calendars/actions.ts#endFeedAction": ["host"],
  "lib/calendars/actions.ts#readCalendarAction": ["host"],
  "lib/calendars/actions.ts#removeCalendarAction": ["host"],
  "lib/calendars/actions.ts#renewFeedAction": SIGNED_IN,
  "lib/conferencing/actions.ts#addAccountAction": ["manager", "admin"],
  "lib/conferencing/actions.ts#archiveVirtualRoomAction": ["manager", "admin"],
  "lib/conferencing/actions.ts#changeSeatsAction": ["manager", "admin"],
  "lib/conferencing/actions.ts#changeVirtualRoomAction": ["manager", "admin"],
  "lib/conferencing/actions.ts#makeVirtualRoomAction": ["manager", "admin", "stranger"],
  "lib/conferencing/actions.ts#removeAccountAction": ["manager", "admin"],
  "lib/conferencing/actions.ts#removeCredentialsAction": ["manager", "admin"],
  "lib/conferencing/actions.ts#setCredentialsAction": ["manager", "admin"],
  "lib/conferencing/actions.ts#testConnectionAction": ["manager", "admin"],
  "lib/links/actions.ts#archiveLinkAction": ["host", "manager", "admin"],
  // Whoever may have meetings; the stranger has no hours to offer.
  "lib/links/actions.ts#createLinkAction": ["host", "otherHost", "manager", "admin"],
  // What the matrix sends is no picture.
  "lib/links/actions.ts#keepLogoAction": [],
  "lib/links/actions.ts#makeOneOffAction": ["host", "manager", "admin"],
  // Shows, and keeps nothing.
  "lib/links/actions.ts#previewLinkAction": [],
  "lib/links/actions.ts#regenerateLinkAction": ["host", "manager", "admin"],
  "lib/links/actions.ts#restoreLinkAction": ["host", "manager", "admin"],
  "lib/links/actions.ts#saveLinkAction": ["host", "manager", "admin"],
  // With the capability of an invitation; nobody of the matrix holds one.
  "lib/mailroom/actions.ts#answerInvitationAction": [],
  "lib/mailroom/actions/deliveries.ts#liftSuppressionAction": ["admin"],
  "lib/mailroom/actions/deliveries.ts#retryMailAction": ["manager", "admin"],
  "lib/mailroom/actions/reminders.ts#chooseRemindersAction": SIGNED_IN,
  // Shows, and keeps nothing.
  "lib/mailroom/actions/templates.ts#previewMailAction": [],
  "lib/mailroom/actions/templates.ts#resetTemplateAction": ["manager", "admin"],
  "lib/mailroom/actions/templates.ts#saveTemplateAction": ["manager", "admin", "stranger"],
  "lib/meetings/actions.ts#confirmMeetingAction": ["host", "manager", "admin"],
  "lib/meetings/actions.ts#declineMeetingAction": ["host", "manager", "admin"],
  "lib/meetings/actions.ts#cancelMeetingAction": ["host", "manager", "admin"],
  "lib/meetings/actions.ts#resendMailAction": ["host", "manager", "admin"],
  "lib/meetings/actions.ts#completeTaskAction": ["host"],
  "lib/meetings/actions/minutes.ts#mailMinutesAction": ["host", "manager", "admin"],
  "lib/meetings/actions/minutes.ts#writeMinutesAction": ["host", "manager", "admin"],
  // Whoever holds meetings; the stranger in their own workspace.
  "lib/meetings/actions/move-meeting.ts#makeFromCalendarAction": [
    "host",
    "otherHost",
    "manager",
    "admin",
    "stranger",
  ],
  "lib/meetings/actions/move-meeting.ts#moveMeetingAction": ["host", "manager", "admin"],
  // The host moved it; nobody else can take that back.
  "lib/meetings/actions/move-meeting.ts#takeBackMoveAction": ["host"],
  "lib/notifications/actions.ts#markReadAction": ["host"],
  "lib/meetings/actions/hand-over.ts#handOverAction": ["admin"],
  // Whoever holds meetings; the stranger in their own workspace.
  "lib/meetings/actions/save-meeting.ts#makeMeetingAction": [
    "host",
    "otherHost",
    "manager",
    "admin",
    "stranger",
  ],
  "lib/meetings/actions/save-meeting.ts#editMeetingAction": ["host", "manager", "admin"],
  "lib/meetings/actions/run-meeting.ts#reopenMeetingAction": ["host", "manager", "admin"],
  "lib/meetings/actions/run-meeting.ts#closeMeetingAction": ["host", "manager", "admin"],
  // For these, the other host was invited.
  "lib/meetings/actions/run-meeting.ts#answerMeetingAction": ["otherHost"],
  "lib/meetings/actions/run-meeting.ts#proposeTimeAction": ["otherHost"],
  "lib/meetings/actions/run-meeting.ts#acceptProposalAction": ["host", "manager", "admin"],
  "lib/meetings/actions/run-meeting.ts#declineProposalAction": ["host", "manager", "admin"],
  "lib/meetings/actions/run-meeting.ts#resendAllAction": ["host", "manager", "admin"],
  // Nothing failed that could be tried again.
  "lib/meetings/actions/run-meeting.ts#retryOnlineAction": [],
  "lib/meetings/actions/series.ts#cancelSeriesAction": ["host", "manager", "admin"],
  "lib/meetings/actions/series.ts#confirmSeriesAction": ["host", "manager", "admin"],
  "lib/meetings/actions/series.ts#editSeriesAction": ["host", "manager", "admin"],
  // Whoever holds meetings; the stranger in their own workspace.
  "lib/meetings/actions/series.ts#makeSeriesAction": [
    "host",
    "otherHost",
    "manager",
    "admin",
    "stranger",
  ],
  // Show, and keep nothing.
  "lib/meetings/actions/series.ts#previewSeriesAction": [],
  "lib/meetings/actions/series.ts#previewSeriesEditAction": [],
  "lib/people/actions/people.ts#endSessionsAction": ["admin"],
  "lib/people/actions/people.ts#invitePeopleAction": ["admin", "stranger"],
  "lib/people/actions/people.ts#removePersonAction": ["admin"],
  "lib/people/actions/people.ts#resendInvitationAction": ["admin"],
  "lib/people/actions/people.ts#resetTwoFactorAction": ["admin"],
  "lib/people/actions/people.ts#sendPasswordResetAction": ["admin"],
  "lib/people/actions/people.ts#setDisabledAction": ["admin"],
  "lib/people/actions/people.ts#setGroupsAction": ["admin"],
  "lib/people/actions/people.ts#withdrawInvitationAction": ["admin"],
  "lib/people/actions/set-up.ts#setUpAction": [],
  "lib/people/actions/settings.ts#chooseNotificationsAction": SIGNED_IN,
  "lib/people/actions/settings.ts#createApiKeyAction": SIGNED_IN,
  "lib/people/actions/settings.ts#removePhotoAction": SIGNED_IN,
  "lib/people/actions/settings.ts#revokeApiKeyAction": ["host"],
  "lib/people/actions/settings.ts#updateProfileAction": SIGNED_IN,
  "lib/privacy/actions.ts#eraseGuestAction": ["admin"],
  // Looks, and changes nothing for anybody.
  "lib/privacy/actions.ts#findGuestAction": [],
  "lib/privacy/actions.ts#startRetentionAction": ["admin", "stranger"],
  // Jobs are the whole installation's.
  "lib/workspace/actions/jobs.ts#steerJobAction": ["admin", "stranger"],
  // Rooms are described by those who manage meetings; a stranger describes those of their own workspace.
  "lib/rooms/actions.ts#closeRoomAction": ["manager", "admin"],
  "lib/rooms/actions.ts#removeLocationAction": ["manager", "admin"],
  "lib/rooms/actions.ts#reopenRoomAction": ["manager", "admin"],
  "lib/rooms/actions.ts#saveLocationAction": ["manager", "admin", "stranger"],
  "lib/rooms/actions.ts#saveRoomAction": ["manager", "admin"],
  // The room in question has no keeper of its own.
  "lib/occupancy/actions.ts#answerRoomAction": ["manager", "admin"],
  "lib/occupancy/actions.ts#checkInAction": ["host", "manager", "admin"],
  "lib/occupancy/actions.ts#pairDisplayAction": ["manager", "admin"],
  "lib/occupancy/actions.ts#revokeDisplayAction": ["manager", "admin"],
  "lib/workspace/actions.ts#addHolidayAction": ["admin", "stranger"],
  "lib/workspace/actions.ts#changeHolidayAction": ["admin"],
  "lib/workspace/actions.ts#importHolidaysAction": ["admin", "stranger"],
  "lib/workspace/actions.ts#removeHolidayAction": ["admin"],
  "lib/workspace/actions.ts#saveWorkspaceAction": ["admin", "stranger"],
  "lib/webhooks/actions.ts#chooseEventsAction": ["admin"],
  "lib/webhooks/actions.ts#createEndpointAction": ["admin", "stranger"],
  "lib/webhooks/actions.ts#deleteEndpointAction": ["admin"],
  "lib/webhooks/actions.ts#redeliverAction": ["admin"],
  "lib/webhooks/actions.ts#rotateSecretAction": ["admin"],
  "lib/webhooks/actions.ts#sendTestAction": ["admin"],
  "lib/webhooks/actions.ts#switchEndpointAction": ["admin"],
};

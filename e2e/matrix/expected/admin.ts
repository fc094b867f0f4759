import type { Area } from "../roles";
import { ANY_ADMIN, ANY_MANAGER, call, everybody, HOSTS, MANAGERS, page } from "../roles";

/** The administration of a workspace. */
export const admin: Area = {
  routes: {
    // The demonstration's mails, for its own staff.
    "GET /mailbox": page(404, { 200: HOSTS }),
    // No mail of that name: a denial and an absence look alike.
    "GET /mailbox/[id]": page(404),
    // The administration is an admin's, each of their own workspace; to others there is nothing there.
    "GET /admin/users": page(404, { 200: ANY_ADMIN }),
    // Leads to the first of them, which asks.
    "GET /admin": everybody(307),
    "GET /admin/audit": page(404, { 200: ANY_ADMIN }),
    // What mails say and how they fared is for whoever manages meetings; addresses that take none are an admin's.
    "GET /admin/mail": page(404, { 200: ANY_MANAGER }),
    "GET /admin/mail/suppressions": page(404, { 200: ANY_ADMIN }),
    "GET /admin/mail/templates": page(404, { 200: ANY_MANAGER }),
    "GET /admin/holidays": page(404, { 200: ANY_ADMIN }),
    "GET /admin/jobs": page(404, { 200: ANY_ADMIN }),
    "GET /admin/privacy": page(404, { 200: ANY_ADMIN }),
    "GET /admin/webhooks": page(404, { 200: ANY_ADMIN }),
    // No endpoint of that name.
    "GET /admin/webhooks/[id]": page(404),
    "GET /admin/workspace": page(404, { 200: ANY_ADMIN }),
    // Somebody is here: the page that makes the first admin is gone.
    "GET /setup": everybody(404),
    "POST /api/v1/admin/audit/export": call(403, { 200: ANY_ADMIN }),
    "GET /api/v1/admin/audit/verification": call(403, { 200: ANY_ADMIN }),
    // The body of the question is no picture.
    "PUT /api/v1/admin/logo": call(403, { 422: ANY_ADMIN }),
    "DELETE /api/v1/admin/logo": call(403, { 204: ANY_ADMIN }),
    "POST /api/v1/admin/privacy/export": call(403, { 200: ANY_ADMIN }),
    "GET /api/v1/webhooks": call(403, { 200: ANY_ADMIN }),
    "POST /api/v1/webhooks": call(403, { 201: ANY_ADMIN }),
    // No endpoint of that name.
    "DELETE /api/v1/webhooks/[id]": call(403, { 404: ANY_ADMIN }),
  },
  actions: {
    "lib/mailroom/actions/deliveries.ts#liftSuppressionAction": ["admin"],
    "lib/mailroom/actions/deliveries.ts#retryMailAction": MANAGERS,
    // Shows, and keeps nothing.
    "lib/mailroom/actions/templates.ts#previewMailAction": [],
    "lib/mailroom/actions/templates.ts#resetTemplateAction": MANAGERS,
    "lib/mailroom/actions/templates.ts#saveTemplateAction": ANY_MANAGER,
    "lib/meetings/actions/hand-over.ts#handOverAction": ["admin"],
    "lib/people/actions/people.ts#endSessionsAction": ["admin"],
    "lib/people/actions/people.ts#invitePeopleAction": ANY_ADMIN,
    "lib/people/actions/people.ts#removePersonAction": ["admin"],
    "lib/people/actions/people.ts#resendInvitationAction": ["admin"],
    "lib/people/actions/people.ts#resetTwoFactorAction": ["admin"],
    "lib/people/actions/people.ts#sendPasswordResetAction": ["admin"],
    "lib/people/actions/people.ts#setDisabledAction": ["admin"],
    "lib/people/actions/people.ts#setGroupsAction": ["admin"],
    "lib/people/actions/people.ts#withdrawInvitationAction": ["admin"],
    "lib/people/actions/set-up.ts#setUpAction": [],
    "lib/privacy/actions.ts#eraseGuestAction": ["admin"],
    // Looks, and changes nothing for anybody.
    "lib/privacy/actions.ts#findGuestAction": [],
    "lib/privacy/actions.ts#startRetentionAction": ANY_ADMIN,
    // Jobs are the whole installation's.
    "lib/workspace/actions/jobs.ts#steerJobAction": ANY_ADMIN,
    "lib/workspace/actions.ts#addHolidayAction": ANY_ADMIN,
    "lib/workspace/actions.ts#changeHolidayAction": ["admin"],
    "lib/workspace/actions.ts#importHolidaysAction": ANY_ADMIN,
    "lib/workspace/actions.ts#removeHolidayAction": ["admin"],
    "lib/workspace/actions.ts#saveWorkspaceAction": ANY_ADMIN,
    "lib/webhooks/actions.ts#chooseEventsAction": ["admin"],
    "lib/webhooks/actions.ts#createEndpointAction": ANY_ADMIN,
    "lib/webhooks/actions.ts#deleteEndpointAction": ["admin"],
    "lib/webhooks/actions.ts#redeliverAction": ["admin"],
    "lib/webhooks/actions.ts#rotateSecretAction": ["admin"],
    "lib/webhooks/actions.ts#sendTestAction": ["admin"],
    "lib/webhooks/actions.ts#switchEndpointAction": ["admin"],
  },
};

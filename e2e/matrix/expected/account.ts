import type { Area } from "../roles";
import { call, everybody, HOSTS, page, ROLES, SIGNED_IN } from "../roles";

/** The way in, and one's own account. */
export const account: Area = {
  routes: {
    "GET /settings": page(200),
    "GET /settings/notifications": page(200),
    "GET /settings/keys": page(200),
    "GET /settings/security": page(200),
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
    // The body of the question is no picture.
    "PUT /api/v1/photo": call(422),
  },
  actions: {
    "lib/auth/actions.ts#signInAction": ROLES,
    // Ending a session that is dead already marks its row, and nothing else.
    "lib/auth/actions.ts#signOutAction": [...SIGNED_IN, "disabled"],
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
    // Those of the demonstration have a password to show; the others have none.
    "lib/auth/actions/security.ts#proveAction": [...HOSTS, "crmUser"],
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
    "lib/mailroom/actions/reminders.ts#chooseRemindersAction": SIGNED_IN,
    "lib/people/actions/settings.ts#chooseNotificationsAction": SIGNED_IN,
    "lib/people/actions/settings.ts#createApiKeyAction": SIGNED_IN,
    "lib/people/actions/settings.ts#removePhotoAction": SIGNED_IN,
    "lib/people/actions/settings.ts#revokeApiKeyAction": ["host"],
    "lib/people/actions/settings.ts#updateProfileAction": SIGNED_IN,
  },
};

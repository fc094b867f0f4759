import type { Area } from "../roles";
import { everybody } from "../roles";

/** What is nobody's in particular: the first page, the site's own words, machines that ask. */
export const site: Area = {
  routes: {
    "GET /": everybody(200),
    "GET /[...missing]": everybody(404),
    "GET /accessibility/[locale]": everybody(200),
    "GET /privacy/[locale]": everybody(200),
    "GET /api/health": everybody(200),
    "GET /api/ready": everybody(200),
    "POST /api/internal/invalidate": everybody(401),
    // Whoever hands a mail over knows a secret; nothing takes delivery events where it is not set up.
    "POST /api/webhooks/mail": everybody(404),
    "POST /api/webhooks/resend": everybody(404),
    // Signed by Zoom, or nothing: the matrix signs nothing.
    "POST /api/webhooks/zoom": everybody(401),
    "GET /api/v1/openapi.json": everybody(200),
    // No picture of that name.
    "GET /api/v1/images/[id]": everybody(404),
  },
  actions: {},
};

import { memberRoute } from "@/lib/http/route";
import { exportGuest } from "@/lib/privacy/commands/export-guest";
import { exportPage } from "@/lib/privacy/core/guest-export";
import { privacyPolicy } from "@/lib/privacy/policy";
import { guestExportQuestion } from "@/lib/privacy/schema";
import { runtime } from "@/lib/runtime";

/** What is held about a guest, as JSON or as a page to read. The address comes in the body: paths are logged. */
export const POST = memberRoute(
  { route: "POST /api/v1/admin/privacy/export", body: guestExportQuestion },
  async ({ actor, body: { email, format } }) => {
    const { workspaceId } = actor;
    const grant = privacyPolicy.authorize(actor, "privacy.export", { workspaceId });
    const exported = await exportGuest(email, grant, runtime());
    const isPage = format === "html";
    return new Response(isPage ? exportPage(exported) : JSON.stringify(exported, null, 2), {
      headers: {
        "content-type": `${isPage ? "text/html" : "application/json"}; charset=utf-8`,
        "content-disposition": `attachment; filename="guest.${format}"`,
      },
    });
  },
);

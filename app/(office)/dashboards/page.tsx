import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { LAST_DASHBOARD_COOKIE } from "@/lib/dashboards/core/view-state";
import { findDashboardToOpen } from "@/lib/dashboards/loaders/page";
import { loadViewer } from "@/lib/people/loaders";

/** Leads to the dashboard that was looked at last, else to the first one its reader may see. */
export default async function DashboardsPage() {
  const [viewer, jar] = await Promise.all([loadViewer(), cookies()]);
  if (viewer === undefined) redirect(signInPath("/dashboards"));
  const dashboard = await findDashboardToOpen(jar.get(LAST_DASHBOARD_COOKIE)?.value);
  redirect(`/dashboards/${dashboard}`);
}

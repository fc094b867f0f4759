import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { t } from "@/components/crm/set-up/set-up-text";
import { TeamsScreen } from "@/components/crm/set-up/teams-screen";
import { loadTeams } from "@/lib/crm/loaders/set-up";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("teams.title") };

export default async function TeamsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/crm/teams"));
  return <TeamsScreen {...(await loadTeams())} />;
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/auth/account-text";
import { SecurityScreen } from "@/components/auth/security/security-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadProofWays, loadSecurity } from "@/lib/auth/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { instantOf } from "@/lib/time/instant";

export const metadata: Metadata = { title: t("security.title") };

export default async function SecurityPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, view, ways, params] = await Promise.all([
    loadViewer(),
    loadSecurity(),
    loadProofWays(),
    searchParams,
  ]);
  if (viewer === undefined || view === undefined || ways === undefined) {
    redirect(signInPath("/settings/security"));
  }
  return (
    <SecurityScreen
      view={view}
      ways={ways}
      reader={viewer}
      now={instantOf(Date.now())}
      notice={one(params, "notice")}
    />
  );
}

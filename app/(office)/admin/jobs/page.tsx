import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/admin/admin-text";
import { JobsScreen } from "@/components/admin/jobs-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import { loadViewer } from "@/lib/people/loaders";
import { loadJobs } from "@/lib/workspace/loaders";

export const metadata: Metadata = { title: t("jobs.title") };

export default async function JobsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/jobs"));
  return <JobsScreen view={await loadJobs()} reader={viewer} />;
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/admin/admin-text";
import { WorkspaceForm } from "@/components/admin/workspace-form";
import { signInPath } from "@/components/auth/sign-in-path";
import { PageHead } from "@/components/ui/page-head";
import { loadViewer } from "@/lib/people/loaders";
import { loadWorkspace } from "@/lib/workspace/loaders";

export const metadata: Metadata = { title: t("workspace.title") };

export default async function WorkspacePage() {
  if ((await loadViewer()) === undefined) redirect(signInPath("/admin/workspace"));
  const workspace = await loadWorkspace();
  return (
    <>
      <PageHead
        title={t("workspace.title")}
        context={t("workspace.context", { name: workspace.name })}
      />
      <WorkspaceForm workspace={workspace} />
    </>
  );
}

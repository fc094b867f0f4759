import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { t } from "@/components/crm/import/import-text";
import { MappingForm } from "@/components/crm/import/mapping-form";
import { RunScreen } from "@/components/crm/import/run-screen";
import { Blank } from "@/components/ui/blank";
import { loadImport } from "@/lib/crm/loaders/import";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function ImportPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath("/leads/import"));
  const { run, mapping, counts, issues, setUp } = await loadImport(id);
  if (run.state !== "uploaded") {
    return (
      <RunScreen
        key={`${run.id}/${run.state}`}
        run={run}
        mapping={mapping}
        counts={counts}
        issues={issues}
      />
    );
  }
  if (setUp === undefined) return <Blank heading title={t("mapping.gone")} />;
  return (
    <MappingForm
      key={run.id}
      id={run.id}
      fileName={run.file}
      given={mapping}
      suggestedName={run.mapping ?? mapping.externalSource}
      view={setUp}
    />
  );
}

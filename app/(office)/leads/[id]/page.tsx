import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { DealPage } from "@/components/crm/detail/deal-page";
import { t } from "@/components/crm/detail/deal-text";
import { LeadScore } from "@/components/forecasting/lead-score";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadDeal } from "@/lib/crm/loaders/deal";
import { loadLeadScore } from "@/lib/forecasting/loaders";
import { loadViewer } from "@/lib/people/loaders";

type Props = {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) return { title: t("deal.lead") };
  return { title: (await loadDeal(decodeURIComponent(id))).view.lead.name };
}

export default async function LeadPage({ params, searchParams }: Props) {
  const [viewer, { id }, query] = await Promise.all([loadViewer(), params, searchParams]);
  if (viewer === undefined) redirect(signInPath(`/leads/${id}`));
  const { view, mergedFrom } = await loadDeal(decodeURIComponent(id));
  // One address each: numbers and merged ones lead to it, and say where from.
  if (view.lead.id !== decodeURIComponent(id))
    redirect(`/leads/${view.lead.id}${mergedFrom === undefined ? "" : `?merged=${mergedFrom}`}`);
  const score = await loadLeadScore(view.lead.id);
  const merged = one(query, "merged");
  return (
    <DealPage
      key={view.lead.id}
      view={view}
      reader={viewer}
      mergedFrom={merged !== undefined && /^[DL]-\d{1,15}$/.test(merged) ? merged : undefined}
      beside={score === undefined ? undefined : <LeadScore score={score} locale={viewer.locale} />}
    />
  );
}

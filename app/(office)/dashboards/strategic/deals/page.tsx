import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { DealsScreen } from "@/components/dashboards/strategic/deals-screen";
import type { SearchParams } from "@/components/meetings/list-address";
import { t } from "@/lib/dashboards/core/strategic-text";
import { loadPart } from "@/lib/dashboards/loaders/strategic";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

function addressOf(params: SearchParams): URLSearchParams {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    for (const one of [value].flat()) if (one !== undefined) address.append(name, one);
  return address;
}

export default async function StrategicDealsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/dashboards/strategic"));
  const loaded = await loadPart(addressOf(params));
  if (loaded === undefined) notFound();
  return <DealsScreen {...loaded} locale={viewer.locale} />;
}

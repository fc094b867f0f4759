import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { signInPath } from "@/components/auth/sign-in-path";
import { COLUMNS_COOKIE, columnsOf } from "@/components/crm/list/columns";
import { LeadsScreen } from "@/components/crm/list/leads-screen";
import { t } from "@/components/crm/list/list-text";
import { TotalsAwaited, TotalsRow } from "@/components/crm/list/totals-row";
import type { LeadFilter } from "@/lib/crm/core/lead-filter";
import { leadsAddressed, leadsHref, viewQuery } from "@/lib/crm/core/lead-list";
import { findDefaultView, loadLeads, loadLeadTotals } from "@/lib/crm/loaders/list";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

async function Totals({
  filter,
  currency,
  locale,
}: {
  filter: LeadFilter;
  currency: string;
  locale: string;
}) {
  return <TotalsRow totals={await loadLeadTotals(filter)} currency={currency} locale={locale} />;
}

type Params = Record<string, string | string[] | undefined>;

const queryOf = (params: Params): URLSearchParams =>
  new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
  );

export default async function LeadsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [viewer, params, jar] = await Promise.all([loadViewer(), searchParams, cookies()]);
  if (viewer === undefined) redirect(signInPath("/leads"));
  const query = queryOf(params);
  if (query.size === 0) {
    const own = await findDefaultView();
    if (own !== undefined)
      redirect(leadsHref({ ...leadsAddressed(new URLSearchParams(own.query)), view: own.id }));
  }
  const address = leadsAddressed(query);
  const { now, ...page } = await loadLeads(address);
  const { zone, locale, hourCycle } = viewer;
  return (
    <LeadsScreen
      // Another question is another list; the same one asked again keeps what is selected.
      key={leadsHref(address)}
      page={page}
      address={address}
      columns={columnsOf(jar.get(COLUMNS_COOKIE)?.value)}
      reader={{ zone, locale, hourCycle }}
      now={now}
      totals={
        <Suspense key={viewQuery(address)} fallback={<TotalsAwaited />}>
          <Totals filter={address.filter} currency={page.currency} locale={locale} />
        </Suspense>
      }
    />
  );
}

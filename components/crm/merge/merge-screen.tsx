"use client";

import { useRouter } from "next/navigation";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { mergeLeadsAction } from "@/lib/crm/actions/merge";
import type { Lead } from "@/lib/crm/core/lead";
import type { MergeField } from "@/lib/crm/core/merge";
import { MERGE_FIELD_NAMES, winnerOf } from "@/lib/crm/core/merge";
import type { Candidate, MergeView } from "@/lib/crm/core/merge-view";
import { formatMoney } from "@/lib/crm/core/money";
import { formatPhone } from "@/lib/crm/core/phone";
import { categoryName, countryName, dayText } from "../detail/fact-words";
import { Compare } from "./compare";
import { MergeForm, useMergeChoice } from "./merge-form";
import { t } from "./merge-text";
import { showMerged } from "./take-back";

type Say = (candidate: Candidate, reader: ScreenReader) => string | null;

const money = (minor: number | null, currency: string, { locale }: ScreenReader) =>
  minor === null ? null : formatMoney({ minor, currency }, locale, "code");

const SAY: Readonly<Record<MergeField, Say>> = {
  name: ({ lead }) => lead.name,
  contact: ({ lead }) => lead.contactName,
  company: ({ lead }) => lead.companyName,
  email: ({ lead }) => lead.email,
  phone: ({ lead }) => lead.phone && formatPhone(lead.phone),
  owner: ({ owner }) => owner,
  amount: ({ lead }, reader) => money(lead.amountMinor, lead.currency, reader),
  mrr: ({ lead }, reader) => money(lead.mrrMinor, lead.currency, reader),
  product: ({ product }) => product,
  probability: ({ lead }) =>
    lead.probabilityManual === null ? null : `${lead.probabilityManual} %`,
  category: ({ lead }) => lead.category && categoryName(lead.category),
  expectedClose: ({ lead }, { locale }) =>
    lead.expectedClose && dayText(lead.expectedClose, locale),
  country: ({ lead }, { locale }) => lead.country && countryName(lead.country, locale),
  industry: ({ lead }) => lead.industry,
  description: ({ lead }) => lead.description,
};

const standingOf = ({ lead, stage }: Candidate): string =>
  lead.status === "open" ? (stage ?? t("open")) : t(lead.status);

/** One deal beside those that may be the same: what is merged into it, and whose values stay. */
export function MergeScreen({ view, reader }: { view: MergeView; reader: ScreenReader }) {
  const { survivor, candidates, foreign } = view;
  const router = useRouter();
  const choice = useMergeChoice(survivor.lead.id);
  const all = [survivor, ...candidates];
  const chosen = candidates.filter(({ lead }) => choice.taken.has(lead.id));
  const leads: readonly [Lead, ...Lead[]] = [survivor.lead, ...chosen.map(({ lead }) => lead)];
  const merge = () =>
    mergeLeadsAction(
      payload({
        survivorId: survivor.lead.id,
        mergedIds: chosen.map(({ lead }) => lead.id),
        picks: choice.picks,
        versions: Object.fromEntries(leads.map(({ id, version }) => [id, version])),
      }),
    );
  return (
    <MergeForm
      title={t("title", { label: survivor.label, name: survivor.lead.name })}
      context={t("context")}
      none={candidates.length === 0 ? t("noneWhy") : undefined}
      count={choice.taken.size}
      hint={foreign === 0 ? undefined : t("foreign", { count: foreign })}
      back={{ href: `/leads/${survivor.lead.id}`, label: t("back") }}
      onMerge={merge}
      onMerged={({ survivorId, mergeId }) => {
        showMerged(survivor.lead.name, { record: "lead", mergeId }, router.refresh);
        router.push(`/leads/${survivorId}`);
      }}
    >
      <Compare
        columns={all.map(({ lead, label, reasons }) => ({ id: lead.id, label, reasons }))}
        standing={{ label: t("standing"), values: all.map(standingOf) }}
        rows={MERGE_FIELD_NAMES.map((field) => ({
          field,
          label: t(`fields.${field}`),
          values: all.map((one) => SAY[field](one, reader)),
          winnerId: winnerOf(field, leads, choice.picks).id,
        }))}
        taken={choice.taken}
        onTake={choice.take}
        onPick={choice.pick}
      />
    </MergeForm>
  );
}

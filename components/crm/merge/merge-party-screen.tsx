"use client";

import { useRouter } from "next/navigation";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { mergePartiesAction } from "@/lib/crm/actions/merge-parties";
import type { PartyCandidate, PartyMergeView } from "@/lib/crm/core/merge-party";
import { partyWinner } from "@/lib/crm/core/merge-party";
import { formatPhone } from "@/lib/crm/core/phone";
import { countryName } from "../detail/fact-words";
import { PLACE_OF } from "../parties/party-address";
import { Compare } from "./compare";
import { MergeForm, useMergeChoice } from "./merge-form";
import { t } from "./merge-text";
import { showMerged } from "./take-back";

const COMPANY_FIELDS = [
  "name",
  "domain",
  "website",
  "phone",
  "industry",
  "country",
  "employees",
  "owner_id",
  "description",
] as const;

const CONTACT_FIELDS = ["name", "email", "phone", "title", "company_id", "description"] as const;

function valueText(field: string, value: string | null, { locale }: ScreenReader): string | null {
  if (value === null) return null;
  if (field === "phone") return formatPhone(value);
  return field === "country" ? countryName(value, locale) : value;
}

/** One company or contact beside those that may be the same. */
export function MergePartyScreen({ view, reader }: { view: PartyMergeView; reader: ScreenReader }) {
  const { record, survivor, candidates } = view;
  const router = useRouter();
  const choice = useMergeChoice(survivor.id);
  const all = [survivor, ...candidates];
  const chosen = candidates.filter(({ id }) => choice.taken.has(id));
  const merging: readonly [PartyCandidate, ...PartyCandidate[]] = [survivor, ...chosen];
  const place = PLACE_OF[record];
  const merge = () =>
    mergePartiesAction(
      payload({
        record,
        survivorId: survivor.id,
        mergedIds: chosen.map(({ id }) => id),
        picks: choice.picks,
        versions: Object.fromEntries(merging.map(({ id, version }) => [id, version])),
      }),
    );
  return (
    <MergeForm
      title={t("party.title", { name: survivor.name })}
      context={t(`party.${record}.context`)}
      none={candidates.length === 0 ? t(`party.${record}.noneWhy`) : undefined}
      count={choice.taken.size}
      back={{ href: `${place}/${survivor.id}`, label: t(`party.${record}.back`) }}
      onMerge={merge}
      onMerged={({ survivorId, mergeId }) => {
        showMerged(survivor.name, { record, mergeId }, router.refresh);
        router.push(`${place}/${survivorId}`);
      }}
    >
      <Compare
        columns={all.map(({ id, name, reasons }) => ({ id, label: name, reasons }))}
        standing={{
          label: t("party.deals"),
          values: all.map(({ deals }) => t("party.dealCount", { count: deals })),
        }}
        rows={(record === "company" ? COMPANY_FIELDS : CONTACT_FIELDS).map((field) => ({
          field,
          label: t(`party.fields.${field}`),
          values: all.map(({ values }) => valueText(field, values[field] ?? null, reader)),
          winnerId: partyWinner(field, merging, choice.picks).id,
        }))}
        taken={choice.taken}
        onTake={choice.take}
        onPick={choice.pick}
      />
    </MergeForm>
  );
}

"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import wide from "@/components/ui/wide-table.module.css";
import { mergeLeadsAction, undoMergeAction } from "@/lib/crm/actions/merge";
import { DUPLICATE_WORDS } from "@/lib/crm/core/duplicate";
import type { Lead } from "@/lib/crm/core/lead";
import type { MergeField, Picks } from "@/lib/crm/core/merge";
import { MERGE_FIELD_NAMES, winnerOf } from "@/lib/crm/core/merge";
import type { Candidate, MergeAnswer, MergeView } from "@/lib/crm/core/merge-view";
import { formatMoney } from "@/lib/crm/core/money";
import { formatPhone } from "@/lib/crm/core/phone";
import { categoryName, countryName, dayText } from "../detail/fact-words";
import classes from "./merge.module.css";
import { t } from "./merge-text";

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

/** Fields in which these differ: where all agree there is nothing to choose. */
const openFields = (all: readonly Candidate[], reader: ScreenReader): readonly MergeField[] =>
  MERGE_FIELD_NAMES.filter(
    (field) => new Set(all.map((one) => SAY[field](one, reader) ?? "")).size > 1,
  );

async function takeBack(mergeId: string, refresh: () => void) {
  const answer = await undoMergeAction(payload({ mergeId }));
  notifications.show({
    role: answer.status === "done" ? "status" : "alert",
    color: answer.status === "done" ? "accent" : "danger",
    message: answer.status === "done" ? t("undone") : answer.message,
  });
  refresh();
}

function showMerged(name: string, mergeId: string, refresh: () => void) {
  const id = `merge-${mergeId}`;
  notifications.show({
    id,
    role: "status",
    color: "accent",
    message: (
      <span>
        {t("done", { name })}{" "}
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            void takeBack(mergeId, refresh);
          }}
        >
          {t("undo")}
        </Button>
      </span>
    ),
  });
}

async function asked(call: Promise<MergeAnswer>): Promise<MergeAnswer> {
  try {
    return await call;
  } catch {
    return { status: "refused", message: t("unreachable") };
  }
}

type Choosing = {
  readonly view: MergeView;
  readonly reader: ScreenReader;
  readonly taken: ReadonlySet<string>;
  readonly picks: Picks;
  readonly onTake: (id: string) => void;
  readonly onPick: (field: MergeField, id: string) => void;
};

/** The records as columns, the fields in which they differ as rows; a dot says whose value stays. */
function Compare({ view, reader, taken, picks, onTake, onPick }: Choosing) {
  const all = [view.survivor, ...view.candidates];
  const merged = view.candidates.filter(({ lead }) => taken.has(lead.id)).map(({ lead }) => lead);
  const leads: readonly [Lead, ...Lead[]] = [view.survivor.lead, ...merged];
  const isIn = ({ lead }: Candidate) => lead.id === view.survivor.lead.id || taken.has(lead.id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways can be scrolled by keys.
    <section className={`${wide.wide} ${classes.compare}`} aria-label={t("compare")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            {all.map((one, index) => (
              <th key={one.lead.id} scope="col">
                {index === 0 ? (
                  <span>
                    {one.label} <small>{t("stays")}</small>
                  </span>
                ) : (
                  <label className={classes.take}>
                    <input
                      type="checkbox"
                      checked={taken.has(one.lead.id)}
                      onChange={() => onTake(one.lead.id)}
                    />
                    {t("take", { label: one.label })}
                  </label>
                )}
                <small className={classes.why}>
                  {one.reasons.map((reason) => DUPLICATE_WORDS[reason]).join(", ")}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("standing")}</th>
            {all.map(({ lead, stage }) => (
              <td key={lead.id}>
                {lead.status === "open" ? (stage ?? t("open")) : t(lead.status)}
              </td>
            ))}
          </tr>
          {openFields(all, reader).map((field) => (
            <tr key={field}>
              <th scope="row">{t(`fields.${field}`)}</th>
              {all.map((one) => (
                <td key={one.lead.id}>
                  <label className={classes.value} data-out={isIn(one) ? undefined : true}>
                    <input
                      type="radio"
                      name={field}
                      aria-label={t("pick", { field: t(`fields.${field}`), label: one.label })}
                      disabled={!isIn(one)}
                      checked={winnerOf(field, leads, picks).id === one.lead.id}
                      onChange={() => onPick(field, one.lead.id)}
                    />
                    {SAY[field](one, reader) ?? t("empty")}
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One deal beside those that may be the same: what is merged into it, and whose values stay. */
export function MergeScreen({ view, reader }: { view: MergeView; reader: ScreenReader }) {
  const { survivor, candidates, foreign } = view;
  const router = useRouter();
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [picks, setPicks] = useState<Picks>({});
  const [trouble, setTrouble] = useState<string>();
  const [busy, start] = useTransition();
  const take = (id: string) => {
    const next = new Set(taken);
    if (!next.delete(id)) next.add(id);
    setTaken(next);
    // Whoever is left out gives no value either.
    setPicks(
      Object.fromEntries(
        Object.entries(picks).filter(([, from]) => from === survivor.lead.id || next.has(from)),
      ),
    );
  };
  const merge = () =>
    start(async () => {
      const chosen = candidates.filter(({ lead }) => taken.has(lead.id));
      const versions = [survivor, ...chosen].map(({ lead }) => [lead.id, lead.version] as const);
      const answer = await asked(
        mergeLeadsAction(
          payload({
            survivorId: survivor.lead.id,
            mergedIds: chosen.map(({ lead }) => lead.id),
            picks,
            versions: Object.fromEntries(versions),
          }),
        ),
      );
      if (answer.status === "refused") return setTrouble(answer.message);
      showMerged(survivor.lead.name, answer.mergeId, router.refresh);
      router.push(`/leads/${answer.survivorId}`);
    });
  return (
    <div className={classes.screen}>
      <PageHead
        title={t("title", { label: survivor.label, name: survivor.lead.name })}
        context={t("context")}
      />
      {candidates.length === 0 ? (
        <Blank title={t("none")}>{t("noneWhy")}</Blank>
      ) : (
        <Compare
          view={view}
          reader={reader}
          taken={taken}
          picks={picks}
          onTake={take}
          onPick={(field, id) => setPicks({ ...picks, [field]: id })}
        />
      )}
      {foreign === 0 ? null : <p className={classes.hint}>{t("foreign", { count: foreign })}</p>}
      <div role="alert">
        {trouble === undefined ? null : <p className={classes.trouble}>{trouble}</p>}
      </div>
      <div className={classes.acts}>
        {candidates.length === 0 ? null : (
          <Button variant="filled" loading={busy} disabled={taken.size === 0} onClick={merge}>
            {t("submit", { count: taken.size })}
          </Button>
        )}
        <ButtonLink variant="subtle" href={`/leads/${survivor.lead.id}`}>
          {t("back")}
        </ButtonLink>
      </div>
    </div>
  );
}

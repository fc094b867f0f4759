import { IconArrowsSplit2 } from "@tabler/icons-react";
import Form from "next/form";
import { Blank } from "@/components/ui/blank";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { Tag } from "@/components/ui/tag";
import type { Assignment } from "@/lib/crm/core/assign";
import type { AssignmentRule } from "@/lib/crm/core/assignment-rule";
import type { ImaginedLead } from "@/lib/crm/core/rule-form";
import type { RuleChoices } from "./rule-part";
import { NewRule, RuleList } from "./rule-part";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

function Outcome({ outcome }: { outcome: Assignment | null }) {
  if (outcome === null) return <p role="status">{t("try.nobody")}</p>;
  return (
    <div className={classes.part}>
      <p role="status">{outcome.reason}</p>
      <ul className={classes.lines} aria-label={t("try.considered")}>
        {outcome.considered.map(({ userId, name, outcome: came, why }) => (
          <li key={userId} className={classes.line}>
            <div className={classes.content}>
              <b>{name}</b>
              <Tag tone={came === "chosen" ? "ok" : "neutral"}>{t(`try.outcomes.${came}`)}</Tag>
              <span className={classes.words}>{why}</span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Try({
  imagined,
  outcome,
  sources,
  currency,
}: Pick<RuleChoices, "sources" | "currency"> & {
  imagined: ImaginedLead | undefined;
  outcome: Assignment | null | undefined;
}) {
  const text = (name: "country" | "industry" | "email" | "amount", label: string) => (
    <label>
      <span>{label}</span>
      <input name={name} defaultValue={imagined?.[name] ?? ""} maxLength={254} />
    </label>
  );
  return (
    <section className={classes.part} aria-label={t("try.title")}>
      <h2>{t("try.title")}</h2>
      <p className={classes.help}>{t("try.help")}</p>
      <Form action="/admin/crm/rules" scroll={false} className={classes.try}>
        <input type="hidden" name="try" value="1" />
        <label>
          <span>{t("try.kind")}</span>
          <select name="kind" defaultValue={imagined?.kind ?? "lead"}>
            <option value="lead">{t("rules.kinds.lead")}</option>
            <option value="opportunity">{t("rules.kinds.opportunity")}</option>
          </select>
        </label>
        <label>
          <span>{t("try.source")}</span>
          <select name="source" defaultValue={imagined?.source ?? ""}>
            <option value="">{t("try.anySource")}</option>
            {sources.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {text("country", t("try.country"))}
        {text("industry", t("try.industry"))}
        {text("email", t("try.email"))}
        {text("amount", t("try.amount", { currency }))}
        <SubmitButton>{t("try.show")}</SubmitButton>
      </Form>
      {outcome === undefined ? null : <Outcome outcome={outcome} />}
    </section>
  );
}

/** By which rules new leads are given out, in their order, and who would be given one now. */
export function RulesScreen({
  rules,
  imagined,
  outcome,
  ...choices
}: RuleChoices & {
  rules: readonly AssignmentRule[];
  imagined: ImaginedLead | undefined;
  outcome: Assignment | null | undefined;
}) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("rules.title")} context={t("rules.context")} />
      <section className={classes.part} aria-label={t("rules.list")}>
        {rules.length === 0 ? (
          <Blank icon={<IconArrowsSplit2 size={20} stroke={1.6} />} title={t("rules.none")}>
            {t(choices.teams.length === 0 ? "rules.noTeams" : "rules.noneWords")}
          </Blank>
        ) : (
          <RuleList rules={rules} choices={choices} />
        )}
        {choices.teams.length === 0 ? null : <NewRule choices={choices} key={rules.length} />}
      </section>
      <Try
        imagined={imagined}
        outcome={outcome}
        sources={choices.sources}
        currency={choices.currency}
      />
    </div>
  );
}

"use client";

import { ActionIcon, Button, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { FormEvent } from "react";
import { useState } from "react";
import { payload } from "@/components/links/payload";
import { setRiskThresholdsAction } from "@/lib/dashboards/actions/risk";
import { BUILT_IN } from "@/lib/dashboards/core/risk";
import type { RiskBlock } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import classes from "./strategic.module.css";
import type { Draft } from "./thresholds-draft";
import { draftOf, freeCurrencies, payloadOfDraft } from "./thresholds-draft";
import type { Around } from "./view";

type Errors = Readonly<Record<string, string>>;
type FormProps = {
  readonly draft: Draft;
  readonly errors: Errors;
  readonly onChange: (change: Partial<Draft>) => void;
};

const PLAIN = [
  ["overdueDays", "overdueDays"],
  ["quietDays", "quietDays"],
  ["slips", "slips"],
  ["coverage", "coveragePercent"],
  ["concentrationPercent", "concentrationPercent"],
] as const;

const USUAL: Readonly<Record<(typeof PLAIN)[number][0], string>> = {
  overdueDays: String(BUILT_IN.overdueDays),
  quietDays: "",
  slips: String(BUILT_IN.slips),
  coverage: String(BUILT_IN.coveragePercent / 100),
  concentrationPercent: String(BUILT_IN.concentrationPercent),
};

function Numbers({ draft, errors, onChange }: FormProps) {
  return (
    <div className={classes.fields}>
      {PLAIN.map(([name, field]) => (
        <TextInput
          key={name}
          label={t(`thresholds.${name}`)}
          placeholder={name === "quietDays" ? t("thresholds.stage") : USUAL[name]}
          inputMode="decimal"
          value={draft[name]}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
          error={errors[field]}
        />
      ))}
    </div>
  );
}

function HighValues({ draft, errors, onChange }: FormProps) {
  const { highValues } = draft;
  const change = (at: number, with_: Partial<Draft["highValues"][number]>) =>
    onChange({
      highValues: highValues.map((one, index) => (index === at ? { ...one, ...with_ } : one)),
    });
  const free = freeCurrencies(draft);
  return (
    <fieldset className={classes.highValues}>
      <legend>{t("thresholds.highValue")}</legend>
      <p className={classes.quiet}>{t("thresholds.highValueHelp")}</p>
      {highValues.map(({ currency, amount }, at) => (
        <div key={currency} className={classes.highValue}>
          <NativeSelect
            aria-label={t("thresholds.currency")}
            data={[currency, ...free]}
            value={currency}
            onChange={(event) => change(at, { currency: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("thresholds.amountOf", { currency })}
            inputMode="decimal"
            value={amount}
            onChange={(event) => change(at, { amount: event.currentTarget.value })}
            error={errors[`highValues.${at}.fromMinor`]}
          />
          {highValues.length > 1 ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("thresholds.remove", { currency })}
              onClick={() =>
                onChange({ highValues: highValues.filter((_, index) => index !== at) })
              }
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          ) : null}
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() =>
          onChange({ highValues: [...highValues, { currency: free[0] ?? "", amount: "" }] })
        }
        disabled={free.length === 0 || highValues.length >= 20}
      >
        {t("thresholds.add")}
      </Button>
    </fieldset>
  );
}

function Sizes({ draft, errors, onChange, base }: FormProps & { base: string }) {
  return (
    <div className={classes.fields}>
      {(["medium", "large"] as const).map((name) => (
        <TextInput
          key={name}
          label={t(`thresholds.${name}`, { currency: base })}
          placeholder={t("thresholds.found")}
          inputMode="decimal"
          value={draft[name]}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
          error={errors[`${name}FromMinor`]}
        />
      ))}
    </div>
  );
}

function Form({
  data,
  around,
  teamId,
  onClose,
}: {
  data: RiskBlock;
  around: Around;
  teamId: string | null;
  onClose: (changed: boolean) => void;
}) {
  const { currency: base, told } = around.view;
  const said = data.said.find((one) => one.teamId === teamId);
  const [draft, setDraft] = useState(() => draftOf(said, base));
  const [errors, setErrors] = useState<Errors>({});
  const [saving, setSaving] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const parsed = payloadOfDraft(
      draft,
      { teamId, version: said?.version ?? 0, base, locale: told.locale },
      { number: t("thresholds.notANumber"), amount: t("thresholds.notAnAmount") },
    );
    if (!parsed.ok) return setErrors(parsed.fields);
    setSaving(true);
    try {
      const answer = await setRiskThresholdsAction(payload(parsed.payload));
      if (answer.status === "done") {
        around.onRetry();
        // Nothing said before and nothing now: the figures come back the same.
        return onClose(answer.version !== (said?.version ?? 0));
      }
      setErrors(answer.status === "invalid" ? answer.fields : { form: wordsOf(answer) });
    } catch {
      setErrors({ form: t("risk.broken") });
    }
    setSaving(false);
  };
  const props: FormProps = {
    draft,
    errors,
    onChange: (change) => setDraft((before) => ({ ...before, ...change })),
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Numbers {...props} />
        <HighValues {...props} />
        {teamId === null ? <Sizes {...props} base={base} /> : null}
        {Object.keys(errors).length === 0 ? null : (
          <p role="alert" className={classes.bad}>
            {errors.form ?? t("thresholds.wrong")}
          </p>
        )}
        <div className={classes.row}>
          <Button variant="default" onClick={() => onClose(false)}>
            {t("thresholds.cancel")}
          </Button>
          <Button type="submit" loading={saving}>
            {t("thresholds.save")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

const wordsOf = (answer: { readonly status: string; readonly message?: string }): string =>
  answer.message ?? t("thresholds.wrong");

/** Opens what counts as a risk: of all teams, or of one. */
export function ThresholdsButton({ data, around }: { data: RiskBlock; around: Around }) {
  const [opened, setOpened] = useState(false);
  const [teamId, setTeamId] = useState<string | null>(null);
  // Until the figures are there that know what was saved, another change would be made to something older.
  const [savedOf, setSavedOf] = useState<RiskBlock>();
  return (
    <>
      <Button
        variant="transparent"
        className={classes.plain}
        size="compact-sm"
        loading={savedOf === data}
        onClick={() => setOpened(true)}
      >
        {t("thresholds.button")}
      </Button>
      {opened ? (
        <Modal
          opened
          onClose={() => setOpened(false)}
          title={t("thresholds.title")}
          size="lg"
          closeButtonProps={{ "aria-label": t("close") }}
        >
          <Stack gap="md">
            <p className={classes.quiet}>{t("thresholds.words")}</p>
            <NativeSelect
              label={t("thresholds.team")}
              data={[
                { value: "", label: t("thresholds.allTeams") },
                ...data.teams.map(({ id, name }) => ({
                  value: id,
                  label: data.said.some((one) => one.teamId === id)
                    ? t("thresholds.ownOf", { name })
                    : name,
                })),
              ]}
              value={teamId ?? ""}
              onChange={(event) => setTeamId(event.currentTarget.value || null)}
            />
            <Form
              key={teamId ?? "all"}
              data={data}
              around={around}
              teamId={teamId}
              onClose={(changed) => {
                setOpened(false);
                if (changed) setSavedOf(data);
              }}
            />
          </Stack>
        </Modal>
      ) : null}
    </>
  );
}

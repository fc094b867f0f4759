"use client";

import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { FormEvent } from "react";
import { useId, useRef, useState } from "react";
import { payload } from "@/components/links/payload";
import { quickDealAction } from "@/lib/crm/actions/board";
import { parseMoney } from "@/lib/crm/core/money";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { t } from "./board-text";
import classes from "./quick.module.css";

type Trouble = { readonly name?: string; readonly amount?: string; readonly form?: string };

/** A deal in two fields: Enter makes it, and the form stays for the next one. */
export function QuickForm({
  column,
  stageId,
  expectedClose,
  currency,
  locale,
  onMade,
  onClose,
}: {
  column: string;
  stageId: string;
  expectedClose: CalendarDate | undefined;
  currency: string;
  locale: string;
  onMade: (name: string) => void;
  onClose: () => void;
}) {
  const [trouble, setTrouble] = useState<Trouble>({});
  const [busy, setBusy] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const id = useId();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const [name, amount] = ["name", "amount"].map((field) => String(typed.get(field)).trim());
    if (!name) return setTrouble({ name: t("quick.needed") });
    const parsed = amount ? parseMoney(amount, currency, locale) : undefined;
    if (parsed?.ok === false) return setTrouble({ amount: t("quick.notAnAmount") });
    setBusy(true);
    const asked = {
      name,
      stageId,
      ...(parsed?.ok ? { amountMinor: parsed.value } : {}),
      ...(expectedClose === undefined ? {} : { expectedClose }),
    };
    const answer = await quickDealAction(payload(asked)).catch(
      () => ({ status: "refused", message: t("refused.unreachable") }) as const,
    );
    setBusy(false);
    if (answer.status === "refused") return setTrouble({ form: answer.message });
    setTrouble({});
    form.reset();
    nameField.current?.focus();
    onMade(name);
  };

  return (
    <form
      className={classes.form}
      aria-label={t("quick.label", { column })}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <label htmlFor={`${id}name`}>{t("quick.name")}</label>
      <input
        // biome-ignore lint/a11y/noAutofocus: the form was opened to type into it.
        autoFocus
        ref={nameField}
        id={`${id}name`}
        name="name"
        maxLength={200}
        autoComplete="off"
        aria-invalid={trouble.name !== undefined}
        aria-describedby={`${id}trouble`}
      />
      <label htmlFor={`${id}amount`}>{t("quick.amountIn", { currency })}</label>
      <input
        id={`${id}amount`}
        name="amount"
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={trouble.amount !== undefined}
        aria-describedby={`${id}trouble`}
      />
      <p id={`${id}trouble`} className={classes.trouble} role="alert">
        {trouble.name ?? trouble.amount ?? trouble.form ?? ""}
      </p>
      <div className={classes.end}>
        <Button type="submit" size="xs" variant="outline" loading={busy}>
          {t("quick.add")}
        </Button>
        <span>{t("quick.hint")}</span>
        <button
          type="button"
          className={classes.close}
          aria-label={t("quick.close")}
          onClick={onClose}
        >
          <IconX size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}

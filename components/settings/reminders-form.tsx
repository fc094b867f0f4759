"use client";

import { Button, Checkbox, Switch } from "@mantine/core";
import { useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { t } from "@/components/people/people-text";
import { SectionHead } from "@/components/ui/page-head";
import { chooseRemindersAction } from "@/lib/mailroom/actions/reminders";
import { REMINDER_CHOICES } from "@/lib/mailroom/core/reminder-choices";
import classes from "./settings.module.css";

/** When one is reminded of one's own meetings: as the product has it, or at times of one's own, or never. */
export function RemindersForm({ minutes }: { minutes: readonly number[] | null }) {
  const [answer, save, pending] = useActionState(chooseRemindersAction, { status: "idle" });
  const [usual, setUsual] = useState(minutes === null);
  return (
    <section aria-labelledby="h-reminders">
      <SectionHead id="h-reminders" title={t("reminders.title")} />
      <form action={save} className={classes.form}>
        <p className={classes.words}>{t("reminders.help")}</p>
        <Switch
          name="usual"
          label={t("reminders.usual")}
          checked={usual}
          onChange={(event) => setUsual(event.currentTarget.checked)}
        />
        {usual ? null : (
          <fieldset className={classes.choice}>
            <legend>{t("reminders.times")}</legend>
            <div className={classes.times}>
              {REMINDER_CHOICES.map((one) => (
                <Checkbox
                  key={one}
                  name="minutes"
                  value={one}
                  label={t(`reminders.before.${one}`)}
                  defaultChecked={(minutes ?? [1_440, 60]).includes(one)}
                />
              ))}
            </div>
          </fieldset>
        )}
        <AnswerLine answer={answer} />
        <div>
          <Button type="submit" variant="default" loading={pending}>
            {t("reminders.save")}
          </Button>
        </div>
      </form>
    </section>
  );
}

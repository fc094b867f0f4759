"use client";

import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useActionState, useEffect, useRef, useState } from "react";
import { LeaveGuard } from "@/components/links/leave-guard";
import { AnswerLine } from "@/components/people/answer-line";
import { t } from "@/components/people/people-text";
import type { Locale } from "@/lib/i18n/locale";
import { LOCALES, localeName } from "@/lib/i18n/locale";
import { updateProfileAction } from "@/lib/people/actions/settings";
import type { Profile } from "@/lib/people/core/settings";
import classes from "./settings.module.css";
import { browserZone, ZoneSelect } from "./zone-select";

const FIELDS = ["name", "title", "zone", "locale", "hourCycle", "weekStart"] as const;
type Draft = Pick<Profile, (typeof FIELDS)[number]>;

const draftOf = (profile: Profile): Draft => ({
  name: profile.name,
  title: profile.title,
  zone: profile.zone,
  locale: profile.locale,
  hourCycle: profile.hourCycle,
  weekStart: profile.weekStart,
});

const changedIn = (draft: Draft, saved: Draft) =>
  FIELDS.filter((field) => draft[field] !== saved[field]);

const readable = (zone: string): string => zone.replaceAll("_", " ");

/** The zone the browser is in, offered where it is another than the one that is set. */
function ZoneOffer({ zone, onTake }: { zone: string; onTake: (zone: string) => void }) {
  const [here, setHere] = useState<string>();
  // After the first drawing: the server does not know where its reader is.
  useEffect(() => setHere(browserZone()), []);
  if (here === undefined || here === zone) return null;
  return (
    <p className={classes.offer}>
      <span>{t("profile.zoneHere", { zone: readable(here) })}</span>
      <Button size="xs" onClick={() => onTake(here)}>
        {t("profile.zoneTake")}
      </Button>
    </p>
  );
}

function Reading({
  draft,
  set,
  problem,
}: {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  problem: (field: keyof Draft) => { error?: string };
}) {
  return (
    <>
      <div>
        <ZoneSelect
          name="zone"
          value={draft.zone}
          onChange={(zone) => set({ zone: zone ?? draft.zone })}
          {...problem("zone")}
        />
        <ZoneOffer zone={draft.zone} onTake={(zone) => set({ zone })} />
      </div>
      <Select
        name="locale"
        label={t("profile.locale")}
        description={t("profile.localeHelp")}
        data={LOCALES.map((locale: Locale) => ({ value: locale, label: localeName(locale) }))}
        value={draft.locale}
        allowDeselect={false}
        onChange={(locale) => set({ locale: locale ?? draft.locale })}
        {...problem("locale")}
      />
      <fieldset className={classes.choice}>
        <legend>{t("profile.clock")}</legend>
        <SegmentedControl
          name="hourCycle"
          aria-label={t("profile.clock")}
          value={String(draft.hourCycle)}
          onChange={(cycle) => set({ hourCycle: cycle === "12" ? 12 : 24 })}
          data={[
            { value: "24", label: t("profile.clock24") },
            { value: "12", label: t("profile.clock12") },
          ]}
        />
      </fieldset>
      <fieldset className={classes.choice}>
        <legend>{t("profile.weekStart")}</legend>
        <SegmentedControl
          name="weekStart"
          aria-label={t("profile.weekStart")}
          value={String(draft.weekStart)}
          onChange={(day) => set({ weekStart: Number(day) })}
          data={[1, 0, 6].map((day) => ({
            value: String(day),
            label: t(`profile.day${day as 0 | 1 | 6}`),
          }))}
        />
      </fieldset>
    </>
  );
}

/** Name and title, and how one reads times. Says how many changes wait, and guards them. */
export function ProfileForm({ profile }: { profile: Profile }) {
  const router = useRouter();
  const [answer, save, pending] = useActionState(updateProfileAction, { status: "idle" });
  const [saved, setSaved] = useState(profile);
  const [draft, setDraft] = useState(() => draftOf(profile));
  // What was sent is what is saved, also when somebody typed on meanwhile.
  const sent = useRef(draft);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  useEffect(() => {
    if (answer.status === "done" && answer.version !== undefined) {
      const { version } = answer;
      setSaved((before) => ({ ...before, ...sent.current, version }));
      router.refresh();
    }
    // What somebody saved elsewhere becomes what this form compares with; what was typed here stays.
    if (answer.status === "refused" && answer.current !== undefined) setSaved(answer.current);
  }, [answer, router]);
  const changed = changedIn(draft, draftOf(saved));
  const fields = answer.status === "refused" ? (answer.fields ?? {}) : {};
  const problem = (field: keyof Draft) => {
    const words = fields[field];
    return words === undefined ? {} : { error: `${t(`profile.${field}`)} ${words}.` };
  };
  return (
    <form
      action={save}
      className={classes.form}
      onSubmit={() => {
        sent.current = draft;
      }}
    >
      <input type="hidden" name="version" value={saved.version} />
      <TextInput
        name="name"
        label={t("profile.name")}
        description={t("profile.nameHelp")}
        required
        withAsterisk={false}
        maxLength={120}
        autoComplete="name"
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        {...problem("name")}
      />
      <TextInput
        name="title"
        label={t("profile.title")}
        maxLength={120}
        autoComplete="organization-title"
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        {...problem("title")}
      />
      <Reading draft={draft} set={set} problem={problem} />
      <div className={classes.save}>
        <div className={classes.said}>
          <AnswerLine
            answer={changed.length > 0 && answer.status === "done" ? { status: "idle" } : answer}
          />
        </div>
        <p aria-live="polite">
          {changed.length === 0
            ? t("profile.noChanges")
            : t("profile.changes", { count: changed.length })}
        </p>
        {changed.length === 0 ? null : (
          <Button variant="subtle" onClick={() => setDraft(draftOf(saved))}>
            {t("profile.discard")}
          </Button>
        )}
        <Button type="submit" variant="filled" loading={pending}>
          {t("profile.save")}
        </Button>
      </div>
      <LeaveGuard unsaved={pending ? 0 : changed.length} />
    </form>
  );
}

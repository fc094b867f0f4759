"use client";

import { ActionIcon, Button, Select, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { errorOf } from "@/lib/links/core/field-errors";
import type { LinkDraft } from "@/lib/links/schema";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { addMinutes, parseInstant, toIso } from "@/lib/time/instant";
import { addDays, calendarDateAt, endOfDay } from "@/lib/time/offset";
import { parseTimeZone } from "@/lib/time/zone";
import { DurationChips } from "./duration-chips";
import classes from "./editor.module.css";
import { MinutesField } from "./minutes-field";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { WholeNumber } from "./whole-number";
import { words } from "./words";

type Horizon = LinkDraft["horizon"];
type Limit = LinkDraft["limits"][number];

const PER = ["day", "week", "month", "year"] as const;
const INTERVALS = [5, 10, 15, 20, 30, 45, 60, 90, 120];

/** The meeting with its buffers, to scale. */
function DayBar({ draft }: Pick<SectionProps, "draft">) {
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = draft;
  if (!(durationMinutes > 0)) return null;
  const buffer = (minutes: number) =>
    minutes > 0 ? (
      <span className={classes.barBuffer} style={{ flexGrow: minutes }}>
        {words("rules.barBuffer", { minutes })}
      </span>
    ) : null;
  return (
    <p className={classes.dayBar}>
      {buffer(bufferBeforeMinutes)}
      <span className={classes.barMeeting} style={{ flexGrow: durationMinutes }}>
        {words("rules.bar", { minutes: durationMinutes })}
      </span>
      {buffer(bufferAfterMinutes)}
    </p>
  );
}

function HorizonFields({ draft, errors, set, now }: SectionProps) {
  const { horizon } = draft;
  const zone = parseTimeZone(draft.zone);
  const become = (kind: string | null) => {
    const days = "days" in horizon ? horizon.days : 30;
    const until = (): Horizon => ({
      kind: "until",
      date: addDays(calendarDateAt(zone ?? ("UTC" as never), now), 60),
    });
    if (kind === "until") set({ horizon: until() });
    else if (kind === "days" || kind === "business-days" || kind === "bookable-days") {
      set({ horizon: { kind, days } });
    }
  };
  return (
    <div className={classes.span}>
      {horizon.kind === "until" ? (
        <TextInput
          type="date"
          label={words("rules.until")}
          value={horizon.date}
          error={errorOf(errors, "horizon")}
          onChange={(event) => set({ horizon: { kind: "until", date: event.currentTarget.value } })}
        />
      ) : (
        <WholeNumber
          label={words("rules.horizon")}
          value={horizon.days}
          error={errorOf(errors, "horizon")}
          onChange={(days) => set({ horizon: { ...horizon, days } })}
        />
      )}
      <Select
        aria-label={words("rules.horizon")}
        className={classes.unitWide}
        data={[
          { value: "days", label: words("rules.horizonDays") },
          { value: "business-days", label: words("rules.horizonBusiness") },
          { value: "bookable-days", label: words("rules.horizonBookable") },
          { value: "until", label: words("rules.horizonUntil") },
        ]}
        value={horizon.kind}
        allowDeselect={false}
        onChange={become}
      />
    </div>
  );
}

function Limits({ draft, errors, set }: SectionProps) {
  const { limits } = draft;
  const unused = PER.find((per) => !limits.some((limit) => limit.per === per));
  const change = (index: number, limit: Limit) =>
    set({ limits: limits.map((each, at) => (at === index ? limit : each)) });
  return (
    <fieldset className={classes.group}>
      <legend>{words("rules.limits")}</legend>
      <p className={classes.help}>{words("rules.limitsHelp")}</p>
      {limits.map((limit, index) => {
        const by = limit.minutes === undefined ? "count" : "minutes";
        const amount = limit.minutes ?? limit.count ?? Number.NaN;
        const perWords = words(`rules.per.${limit.per}`);
        return (
          <div key={limit.per} className={classes.limit}>
            <WholeNumber
              aria-label={`${words("rules.limit")}, ${perWords}`}
              value={amount}
              error={errorOf(errors, `limits.${index}`)}
              onChange={(value) => change(index, { per: limit.per, [by]: value })}
            />
            <Select
              aria-label={`${words("rules.limitBy")}, ${perWords}`}
              data={(["count", "minutes"] as const).map((each) => ({
                value: each,
                label: words(`rules.by.${each}`),
              }))}
              value={by}
              allowDeselect={false}
              onChange={(next) =>
                change(index, {
                  per: limit.per,
                  [next === "minutes" ? "minutes" : "count"]: amount,
                })
              }
            />
            <Select
              aria-label={words("rules.limitPer")}
              data={PER.filter(
                (per) => per === limit.per || !limits.some((each) => each.per === per),
              ).map((per) => ({
                value: per,
                label: `${words("rules.limitPer").toLowerCase()} ${words(`rules.per.${per}`)}`,
              }))}
              value={limit.per}
              allowDeselect={false}
              onChange={(next) => {
                const per = PER.find((each) => each === next);
                if (per !== undefined) change(index, { ...limit, per });
              }}
            />
            <ActionIcon
              aria-label={words("rules.removeLimit", { per: perWords })}
              onClick={() => set({ limits: limits.filter((each) => each.per !== limit.per) })}
            >
              <IconX size={16} stroke={1.6} aria-hidden="true" />
            </ActionIcon>
          </div>
        );
      })}
      {errors.limits === undefined ? null : <p className={classes.error}>{errors.limits}</p>}
      {unused === undefined ? null : (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() => set({ limits: [...limits, { per: unused, count: 4 }] })}
        >
          {words("rules.addLimit")}
        </Button>
      )}
    </fieldset>
  );
}

/** Who may come, how many at once, and how long the link lives. */
function Capacity({ draft, errors, set, uses, reader }: SectionProps) {
  const expiry = draft.expiresAt === null ? undefined : parseInstant(draft.expiresAt);
  const lastDay = expiry === undefined ? "" : calendarDateAt(reader.zone, addMinutes(expiry, -1));
  return (
    <div className={classes.three}>
      <WholeNumber
        label={words("rules.extraGuests")}
        description={words("rules.extraGuestsHelp")}
        inputWrapperOrder={["label", "input", "error", "description"]}
        value={draft.extraGuests}
        error={errors.extraGuests}
        onChange={(extraGuests) => set({ extraGuests })}
      />
      <WholeNumber
        label={words("rules.seats")}
        description={words("rules.seatsHelp")}
        inputWrapperOrder={["label", "input", "error", "description"]}
        value={draft.seats}
        error={errors.seats}
        onChange={(seats) => set({ seats })}
      />
      <MinutesField
        label={words("rules.deadline")}
        description={words("rules.deadlineHelp")}
        value={draft.changeDeadlineMinutes}
        error={errors.changeDeadlineMinutes}
        onChange={(changeDeadlineMinutes) => set({ changeDeadlineMinutes })}
      />
      <TextInput
        type="date"
        label={words("rules.expiresAt")}
        description={words("rules.expiresHelp")}
        inputWrapperOrder={["label", "input", "error", "description"]}
        value={lastDay}
        error={errors.expiresAt}
        onChange={(event) => {
          const date = event.currentTarget.value;
          set({
            expiresAt: date === "" ? null : toIso(endOfDay(date as CalendarDate, reader.zone)),
          });
        }}
      />
      <WholeNumber
        label={words("rules.maxUses")}
        description={words("rules.maxUsesHelp", { uses })}
        inputWrapperOrder={["label", "input", "error", "description"]}
        value={draft.maxUses}
        empty={null}
        error={errors.maxUses}
        onChange={(maxUses) => set({ maxUses })}
        onEmpty={() => set({ maxUses: null })}
      />
    </div>
  );
}

/** Lengths, buffers, notice, horizon, limits, seats. */
export function RulesSection(props: SectionProps) {
  const { draft, errors, set, now, reader } = props;
  const { noticeMinutes } = draft;
  const first = Number.isSafeInteger(noticeMinutes) ? addMinutes(now, noticeMinutes) : undefined;
  const choices = [...new Set([...INTERVALS, draft.intervalMinutes ?? 0])]
    .filter((minutes) => minutes > 0)
    .sort((a, b) => a - b);
  return (
    <Section id="rules" title={words("rules.title")}>
      <DurationChips draft={draft} errors={errors} set={set} />
      <div className={classes.three}>
        <WholeNumber
          label={words("rules.bufferBefore")}
          unit={words("rules.unit.min")}
          value={draft.bufferBeforeMinutes}
          error={errors.bufferBeforeMinutes}
          onChange={(bufferBeforeMinutes) => set({ bufferBeforeMinutes })}
        />
        <WholeNumber
          label={words("rules.bufferAfter")}
          unit={words("rules.unit.min")}
          value={draft.bufferAfterMinutes}
          error={errors.bufferAfterMinutes}
          onChange={(bufferAfterMinutes) => set({ bufferAfterMinutes })}
        />
        <Select
          label={words("rules.interval")}
          data={[
            { value: "", label: words("rules.intervalSame") },
            ...choices.map((minutes) => ({
              value: String(minutes),
              label: words("rules.minutes", { minutes }),
            })),
          ]}
          value={draft.intervalMinutes === null ? "" : String(draft.intervalMinutes)}
          error={errors.intervalMinutes}
          allowDeselect={false}
          onChange={(value) => set({ intervalMinutes: value ? Number(value) : null })}
        />
        <MinutesField
          label={words("rules.notice")}
          description={
            first === undefined
              ? undefined
              : words("rules.noticeHelp", {
                  time: `${formatDateShort(first, reader)}, ${formatTime(first, reader)}`,
                })
          }
          value={noticeMinutes}
          error={errors.noticeMinutes}
          onChange={(next) => set({ noticeMinutes: next })}
        />
        <HorizonFields {...props} />
        <WholeNumber
          label={words("rules.offset")}
          unit={words("rules.unit.min")}
          value={draft.offsetMinutes}
          error={errors.offsetMinutes}
          onChange={(offsetMinutes) => set({ offsetMinutes })}
        />
      </div>
      <DayBar draft={draft} />
      <Limits {...props} />
      <Capacity {...props} />
      <div className={classes.switches}>
        {draft.seats > 1 ? (
          <Switch
            label={words("rules.showSeats")}
            checked={draft.showSeats}
            onChange={(event) => set({ showSeats: event.currentTarget.checked })}
          />
        ) : null}
        <Switch
          label={words("rules.waitingList")}
          description={words("rules.waitingListHelp")}
          checked={draft.waitingList}
          onChange={(event) => set({ waitingList: event.currentTarget.checked })}
        />
        <Switch
          label={words("rules.makesLeads")}
          description={words("rules.makesLeadsHelp")}
          checked={draft.makesLeads}
          onChange={(event) => set({ makesLeads: event.currentTarget.checked })}
        />
      </div>
    </Section>
  );
}

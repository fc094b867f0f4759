"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { useId, useRef, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { useNow } from "@/components/ui/use-now";
import type { DealView } from "@/lib/crm/core/deal-view";
import type { Asked } from "./act-dialogs";
import { ActDialog } from "./act-dialogs";
import type { Way } from "./composer";
import { Composer } from "./composer";
import classes from "./deal-card.module.css";
import { DealFacts } from "./deal-facts";
import { Notices, Standing, Worth } from "./deal-head";
import { DealMenu } from "./deal-menu";
import { Activities, Meetings } from "./deal-tabs";
import { t } from "./deal-text";
import { Timeline } from "./deal-timeline";
import { NextStep } from "./next-step";
import { StageBar } from "./stage-bar";
import { useDealActs } from "./use-deal-acts";

const TABS = ["facts", "timeline", "activities", "meetings", "changes"] as const;
type Tab = (typeof TABS)[number];

type Props = {
  readonly view: DealView;
  readonly reader: ScreenReader;
  /** 1 on its own page, 2 in the panel beside a list. */
  readonly level: 1 | 2;
  readonly tools?: ReactNode;
  /** Below its facts: what others know of it. */
  readonly beside?: ReactNode;
  readonly mergedFrom?: string | undefined;
  /** Asks for the deal as it is now. */
  readonly onChanged: () => void;
};

const countOf = (view: DealView, tab: Tab): number | undefined => {
  if (tab === "meetings") return view.meetings.length || undefined;
  return tab === "activities" ? view.planned.length || undefined : undefined;
};

function Tabs({
  id,
  view,
  shown,
  onShow,
}: {
  id: string;
  view: DealView;
  shown: Tab;
  onShow: (tab: Tab) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    // The tab of facts is there on a phone only: elsewhere they stand beside.
    const there = TABS.filter((tab) =>
      list.current?.querySelector<HTMLElement>(`[data-name="${tab}"]`)?.checkVisibility(),
    );
    const next = there[(there.indexOf(shown) + step + there.length) % there.length];
    if (next === undefined) return;
    event.preventDefault();
    onShow(next);
    list.current?.querySelector<HTMLElement>(`[data-name="${next}"]`)?.focus();
  };
  return (
    <div
      ref={list}
      className={classes.tabs}
      role="tablist"
      aria-label={t("deal.parts")}
      onKeyDown={onKeyDown}
    >
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          data-name={tab}
          id={`${id}-${tab}-tab`}
          aria-controls={`${id}-${tab === "facts" ? "facts" : "panel"}`}
          aria-selected={shown === tab}
          tabIndex={shown === tab ? 0 : -1}
          onClick={() => onShow(tab)}
        >
          {t(`deal.${tab}`)}
          {countOf(view, tab) === undefined ? null : <span>{countOf(view, tab)}</span>}
        </button>
      ))}
    </div>
  );
}

/** One deal whole: how it stands and what comes next on top, facts, and everything that happened; tabs on a phone. */
export function DealCard({ view, reader, level, tools, beside, mergedFrom, onChanged }: Props) {
  const id = useId();
  const now = useNow(view.now);
  const [tab, setTab] = useState<Tab>("timeline");
  const [asked, setAsked] = useState<Asked>();
  const [way, setWay] = useState<Way>("note");
  const acts = useDealActs(view, reader, onChanged);
  const { lead, names, choices } = view;
  const Heading = level === 1 ? "h1" : "h2";
  const mayLog = view.permitted.includes("lead.log") && lead.deletedAt === null;
  const shared = { reader, now, people: choices.people, onChanged };
  const content: Readonly<Record<Exclude<Tab, "facts">, ReactNode>> = {
    timeline: (
      <Timeline {...shared} entries={view.timeline} more={view.more} empty={t("timeline.empty")} />
    ),
    activities: <Activities view={view} mayLog={mayLog} {...shared} />,
    meetings: <Meetings view={view} reader={reader} now={now} />,
    changes: (
      <Timeline
        {...shared}
        entries={view.timeline.filter(({ kind }) => kind === "stage" || kind === "change")}
        empty={t("changes.none")}
      />
    ),
  };
  return (
    <article className={classes.card} data-level={level} aria-labelledby={`${id}-name`}>
      <header className={classes.head}>
        <div className={classes.bar}>
          <span className={classes.label}>{view.label}</span>
          <Standing view={view} reader={reader} />
          <span className={classes.tools}>
            <DealMenu view={view} acts={acts} onAsk={setAsked} />
            {tools}
          </span>
        </div>
        <div className={classes.title}>
          <div>
            <Heading id={`${id}-name`}>{lead.name}</Heading>
            <p>
              {[names.company ?? lead.companyName, names.product, lead.industry]
                .filter((part) => part !== null && part !== lead.name)
                .join(" · ")}
            </p>
          </div>
          <Worth view={view} reader={reader} />
        </div>
        <Notices view={view} reader={reader} acts={acts} mergedFrom={mergedFrom} />
        <StageBar view={view} acts={acts} onAsk={setAsked} />
        {lead.status === "open" ? (
          <NextStep
            planned={view.planned}
            reader={reader}
            now={now}
            mayLog={mayLog}
            onChanged={onChanged}
            onPlan={() => setWay("plan")}
          />
        ) : null}
      </header>
      <div className={classes.columns} data-tab={tab}>
        <Tabs id={id} view={view} shown={tab} onShow={setTab} />
        <section className={classes.facts} id={`${id}-facts`} aria-label={t("deal.facts")}>
          <DealFacts view={view} reader={reader} acts={acts} open={level === 1} />
          {beside}
        </section>
        <div
          className={classes.content}
          id={`${id}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}-${tab === "facts" ? "timeline" : tab}-tab`}
        >
          {content[tab === "facts" ? "timeline" : tab]}
        </div>
        {mayLog ? (
          <div className={classes.composer} data-way={way}>
            <Composer view={view} reader={reader} onChanged={onChanged} way={way} onWay={setWay} />
          </div>
        ) : null}
      </div>
      <ActDialog
        asked={asked}
        view={view}
        reader={reader}
        acts={acts}
        onClose={() => setAsked(undefined)}
      />
    </article>
  );
}

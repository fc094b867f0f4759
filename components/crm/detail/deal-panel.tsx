"use client";

import { notifications } from "@mantine/notifications";
import {
  IconArrowsDiagonal,
  IconChevronLeft,
  IconChevronRight,
  IconLink,
  IconX,
} from "@tabler/icons-react";
import Link from "next/link";
import { useCallback, useEffect, useState } from "react";
import { copyText } from "@/components/links/copy-button";
import { PanelKeys } from "@/components/meetings/panel-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import type { DealView } from "@/lib/crm/core/deal-view";
import { DealCard } from "./deal-card";
import classes from "./deal-panel.module.css";
import { t } from "./deal-text";

type Props = {
  /** Id or number of the deal that is open. */
  readonly id: string;
  readonly reader: ScreenReader;
  /** The list's own address, without this deal. */
  readonly closeHref: string;
  readonly previousHref?: string | undefined;
  readonly nextHref?: string | undefined;
  /** After something was changed here: for the list beside. */
  readonly onChanged?: (() => void) | undefined;
};

type Loaded =
  | { readonly state: "loading" }
  | { readonly state: "there"; readonly view: DealView }
  | { readonly state: "gone" }
  | { readonly state: "failed" };

async function load(id: string, signal: AbortSignal): Promise<Loaded> {
  try {
    const answer = await fetch(`/leads/${encodeURIComponent(id)}/view`, { signal });
    if (answer.status === 404) return { state: "gone" };
    if (!answer.ok) return { state: "failed" };
    return { state: "there", view: (await answer.json()) as DealView };
  } catch {
    return { state: "failed" };
  }
}

/** The deal as the server has it; asked for again after each change, and when the window comes back to the front. */
function useDeal(id: string) {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  const [asked, setAsked] = useState(0);
  const refresh = useCallback(() => setAsked((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number asks once more.
  useEffect(() => {
    const abort = new AbortController();
    void load(id, abort.signal).then((next) => {
      if (!abort.signal.aborted) setLoaded(next);
    });
    return () => abort.abort();
  }, [id, asked]);
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === "visible") refresh();
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => document.removeEventListener("visibilitychange", onVisible);
  }, [refresh]);
  return { loaded, refresh };
}

function Tools({ id, closeHref, previousHref, nextHref }: Omit<Props, "reader" | "onChanged">) {
  const copy = async () => {
    const address = new URL(`/leads/${id}`, window.location.origin).href;
    const copied = await copyText(address);
    notifications.show({ color: "accent", message: copied ? t("deal.copied") : address });
  };
  const way = (href: string | undefined, label: string, previous: boolean) => {
    const WayIcon = previous ? IconChevronLeft : IconChevronRight;
    return href === undefined ? null : (
      <Link href={href} scroll={false} className={classes.tool} aria-label={label} title={label}>
        <WayIcon size={16} stroke={1.6} aria-hidden="true" />
      </Link>
    );
  };
  return (
    <>
      {way(previousHref, t("deal.previous"), true)}
      {way(nextHref, t("deal.next"), false)}
      <button
        type="button"
        className={classes.tool}
        aria-label={t("deal.copy")}
        title={t("deal.copy")}
        onClick={() => void copy()}
      >
        <IconLink size={16} stroke={1.6} aria-hidden="true" />
      </button>
      <Link
        href={`/leads/${id}`}
        className={classes.tool}
        aria-label={t("deal.open")}
        title={t("deal.open")}
      >
        <IconArrowsDiagonal size={16} stroke={1.6} aria-hidden="true" />
      </Link>
      <Link
        href={closeHref}
        scroll={false}
        className={classes.tool}
        aria-label={t("deal.close")}
        title={t("deal.close")}
      >
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </Link>
    </>
  );
}

function Absent({ state, retry }: { state: "gone" | "failed"; retry: () => void }) {
  return (
    <div className={classes.absent} role="alert">
      <p>{t(state === "gone" ? "deal.gone" : "deal.failed")}</p>
      {state === "failed" ? (
        <button type="button" className="link" onClick={retry}>
          {t("deal.retry")}
        </button>
      ) : null}
    </div>
  );
}

function Skeleton() {
  return (
    <div className={classes.skeleton} role="status">
      <span className="sr-only">{t("deal.loading")}</span>
      <div />
      <div />
      <div />
      <div />
    </div>
  );
}

/**
 * The deal that is open beside a board or a list (`?deal=<id>`): it asks for itself, so that the list is not read
 * again for it. Escape closes it, and the focus goes back to where it was.
 */
export function DealPanel({ id, reader, onChanged, ...ways }: Props) {
  const { loaded, refresh } = useDeal(id);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const changed = () => {
    refresh();
    onChanged?.();
  };
  const tools = <Tools id={id} {...ways} />;
  return (
    <aside className={classes.panel} aria-label={t("deal.panel")}>
      {loaded.state === "there" ? (
        <DealCard
          key={loaded.view.lead.id}
          view={loaded.view}
          reader={reader}
          level={2}
          tools={tools}
          onChanged={changed}
        />
      ) : (
        <>
          <div className={classes.bar}>{tools}</div>
          {loaded.state === "loading" ? (
            <Skeleton />
          ) : (
            <Absent state={loaded.state} retry={refresh} />
          )}
        </>
      )}
      <PanelKeys closeHref={ways.closeHref} />
    </aside>
  );
}

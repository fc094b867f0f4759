"use client";

import { Kbd, Modal } from "@mantine/core";
import type { SpotlightActionGroupData } from "@mantine/spotlight";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import {
  IconCalendar,
  IconCalendarPlus,
  IconKeyboard,
  IconLink,
  IconSearch,
  IconUserDollar,
} from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { CALENDAR_KEYS } from "@/components/meetings/calendar-key-list";
import { t } from "@/components/ui/office-text";
import { isPlainKey } from "@/components/ui/plain-key";
import classes from "./command-palette.module.css";
import { useLeadsFound } from "./found-leads";
import { copyLink } from "./new-menu";
import { toggleRail } from "./rail";
import { placesFor } from "./routes";
import type { ShellData } from "./viewer";

const [paletteStore, palette] = createSpotlight();

export const openPalette = () => palette.open();

// What fits below the places without scrolling.
const MOST_FOUND = 6;

// How long the second key of "g m" may take.
const CHORD_MS = 1_200;

/** Plain keys anywhere outside a field: `?` lists shortcuts, `[` turns the rail, `g` and a letter goes places. */
function useShortcuts(go: ReadonlyMap<string, string>, showShortcuts: () => void) {
  const router = useRouter();
  useEffect(() => {
    let chordUntil = 0;
    const alone = new Map([
      ["?", showShortcuts],
      ["[", toggleRail],
    ]);
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event)) return;
      const href = event.timeStamp < chordUntil ? go.get(event.key) : undefined;
      chordUntil = event.key === "g" ? event.timeStamp + CHORD_MS : 0;
      if (href === undefined) alone.get(event.key)?.();
      else router.push(href);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [go, router, showShortcuts]);
}

type Found = { readonly id: string; readonly subject: string };

/** Meetings whose subject has the words, asked for after a pause in typing. Nothing found and no answer look alike. */
function useMeetingsFound(query: string): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    const words = query.trim();
    if (words.length < 2) {
      setFound([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/api/v1/meetings?q=${encodeURIComponent(words)}`, {
          signal: abort.signal,
        });
        if (!answer.ok) return;
        const body: { meetings?: readonly Found[] } = await answer.json();
        setFound((body.meetings ?? []).slice(0, MOST_FOUND));
      } catch {
        // Left before the answer, or offline: the places stay usable, so there is nothing to say.
      }
    }, 180);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query]);
  return found;
}

/**
 * Enter takes the first line, also when the lines came after the typing. The palette itself selects only while
 * one types, so a meeting found a moment later would stand there unreachable.
 */
function useFirstSelected(found: readonly { readonly id: string }[]) {
  useEffect(() => {
    if (found.length === 0 || document.querySelector("[data-action][data-selected]") !== null)
      return;
    document.querySelector("[data-action]")?.setAttribute("data-selected", "true");
    paletteStore.updateState((state) => ({ ...state, selected: 0, empty: false }));
  }, [found]);
}

function ShortcutList({
  opened,
  onClose,
  places,
}: {
  opened: boolean;
  onClose: () => void;
  places: readonly { readonly key: string; readonly label: string }[];
}) {
  const rows: readonly (readonly [readonly string[], string])[] = [
    [["⌘", "K"], t("shortcuts.palette")],
    [["?"], t("shortcuts.list")],
    ...places.map(({ key, label }) => [["G", key.toUpperCase()], label] as const),
    [["["], t("shortcuts.rail")],
    [["J", "K"], t("shortcuts.move")],
    [["Enter"], t("shortcuts.open")],
    ...CALENDAR_KEYS,
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("shortcuts.title")}
      closeButtonProps={{ "aria-label": t("shell.close") }}
    >
      <dl className={classes.shortcuts}>
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} size="xs">
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

/** Go anywhere and find meetings from the keyboard (⌘K), and the list of shortcuts (?). */
export function CommandPalette({ viewer, links }: ShellData) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const [listed, setListed] = useState(false);
  const found = useMeetingsFound(query);
  const leads = useLeadsFound(query, viewer.sells);
  const everything = useMemo(() => [...found, ...leads], [found, leads]);
  useFirstSelected(everything);
  const places = placesFor(viewer);
  const [go] = useState(() => new Map(places.map(({ key, href }) => [key, href])));
  const [showShortcuts] = useState(() => () => setListed(true));
  useShortcuts(go, showShortcuts);

  const actions: SpotlightActionGroupData[] = [
    {
      group: t("palette.places"),
      actions: [
        ...places.map(({ href, label, icon: Icon }) => ({
          id: href,
          label,
          leftSection: <Icon size={16} stroke={1.6} aria-hidden="true" />,
          onClick: () => router.push(href),
        })),
        {
          id: "week",
          label: t("palette.week"),
          leftSection: <IconCalendar size={16} stroke={1.6} aria-hidden="true" />,
          onClick: () => router.push("/meetings?view=week"),
        },
      ],
    },
    {
      group: t("palette.meetings"),
      actions: found.map(({ id, subject }) => ({
        id,
        label: subject,
        leftSection: <IconCalendar size={16} stroke={1.6} aria-hidden="true" />,
        onClick: () => router.push(`/meetings/${id}`),
      })),
    },
    {
      group: t("palette.leads"),
      actions: leads.map(({ id, label, name, about }) => ({
        id,
        label: name,
        description: [label, about].filter((part) => part !== null).join(" · "),
        // What was found is shown, also where the typing was mistyped.
        keywords: [query],
        leftSection: <IconUserDollar size={16} stroke={1.6} aria-hidden="true" />,
        onClick: () => router.push(`/leads/${id}`),
      })),
    },
    {
      group: t("palette.actions"),
      actions: [
        ...(viewer.hosts
          ? [
              {
                id: "new-meeting",
                label: t("shell.newMeeting"),
                leftSection: <IconCalendarPlus size={16} stroke={1.6} aria-hidden="true" />,
                onClick: () => router.push("/meetings/new"),
              },
            ]
          : []),
        ...links.map((link) => ({
          id: link.path,
          label: t("palette.copy", { name: link.name }),
          leftSection: <IconLink size={16} stroke={1.6} aria-hidden="true" />,
          onClick: () => void copyLink(link),
        })),
        {
          id: "shortcuts",
          label: t("shortcuts.title"),
          leftSection: <IconKeyboard size={16} stroke={1.6} aria-hidden="true" />,
          onClick: showShortcuts,
        },
      ],
    },
  ];
  return (
    <>
      <Spotlight
        store={paletteStore}
        shortcut={["mod + K"]}
        actions={actions.filter((group) => group.actions.length > 0)}
        query={query}
        onQueryChange={setQuery}
        attributes={{ content: { "aria-label": t("shell.search") } }}
        nothingFound={t("palette.nothing")}
        highlightQuery
        scrollable
        maxHeight={420}
        transitionProps={{ duration: 100 }}
        searchProps={{
          leftSection: <IconSearch size={16} stroke={1.6} aria-hidden="true" />,
          placeholder: t("shell.search"),
          "aria-label": t("shell.search"),
        }}
      />
      <ShortcutList opened={listed} onClose={() => setListed(false)} places={places} />
    </>
  );
}

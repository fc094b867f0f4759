"use client";

import { Loader, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { DraftHost } from "@/lib/meetings/core/meeting-draft";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { words } from "./words";

type Found = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly zone: string;
  readonly photoId: string | null;
};

async function search(q: string, signal: AbortSignal): Promise<readonly Found[]> {
  const answer = await fetch(`/api/v1/people?q=${encodeURIComponent(q)}`, { signal });
  if (!answer.ok) return [];
  return ((await answer.json()) as { people: readonly Found[] }).people;
}

/** A colleague, found by part of a name or an address. Empties itself for the next one. */
export function ColleagueSearch({
  label,
  help,
  without,
  onChoose,
}: {
  label: string;
  help?: string;
  /** Who is not offered. */
  without: readonly string[];
  onChoose: (person: DraftHost) => void;
}) {
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<readonly Found[]>([]);
  const [loading, setLoading] = useState(false);
  const [round, setRound] = useState(0);
  const [asked] = useDebouncedValue(typed, 150);
  useEffect(() => {
    const stop = new AbortController();
    setLoading(true);
    search(asked.slice(0, 100), stop.signal)
      .then((people) => {
        setFound(people);
        setLoading(false);
      })
      // An answer nobody waits for any more; a broken connection leaves what was found before.
      .catch(() => {
        if (!stop.signal.aborted) setLoading(false);
      });
    return () => stop.abort();
  }, [asked]);
  // The field that was left behind has reported the chosen name as something typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new field begins empty.
  useEffect(() => setTyped(""), [round]);
  const offered = found.filter(({ id }) => !without.includes(id));
  return (
    <Select
      // A chosen colleague is in the list; the field begins anew.
      key={round}
      searchable
      label={label}
      placeholder={help ?? words("who.addHelp")}
      nothingFoundMessage={loading ? words("who.searching") : words("who.nobody")}
      rightSection={loading ? <Loader size={14} /> : undefined}
      data={offered.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
      // The server has searched already.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id) => {
        const person = offered.find((one) => one.id === id);
        if (person === undefined) return;
        const zone = parseTimeZone(person.zone) ?? UTC;
        onChoose({ userId: person.id, name: person.name, zone, photoId: person.photoId });
        setRound(round + 1);
      }}
    />
  );
}

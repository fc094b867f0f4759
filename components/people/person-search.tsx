"use client";

import { Loader, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { t } from "./people-text";

type Found = { readonly id: string; readonly name: string; readonly email: string };

async function search(q: string, signal: AbortSignal): Promise<readonly Found[]> {
  const answer = await fetch(`/api/v1/people?q=${encodeURIComponent(q)}`, { signal });
  if (!answer.ok) return [];
  return ((await answer.json()) as { people: readonly Found[] }).people;
}

/** A colleague who may hold meetings, found by part of a name or address. */
export function PersonSearch({
  label,
  without,
  onChoose,
}: {
  label: string;
  /** Who is not offered. */
  without: string;
  onChoose: (id: string | null, name: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<readonly Found[]>([]);
  const [loading, setLoading] = useState(false);
  const [asked] = useDebouncedValue(typed, 200);
  useEffect(() => {
    const stop = new AbortController();
    setLoading(true);
    search(asked.slice(0, 100), stop.signal)
      .then((people) => {
        setFound(people.filter(({ id }) => id !== without));
        setLoading(false);
      })
      // An answer nobody waits for any more; a broken connection leaves what was found before.
      .catch(() => {
        if (!stop.signal.aborted) setLoading(false);
      });
    return () => stop.abort();
  }, [asked, without]);
  return (
    <Select
      searchable
      label={label}
      placeholder={t("handOver.search")}
      nothingFoundMessage={loading ? t("handOver.searching") : t("handOver.nobody")}
      rightSection={loading ? <Loader size={14} /> : undefined}
      data={found.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
      // The server has searched already.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id) => onChoose(id, found.find((person) => person.id === id)?.name ?? "")}
      data-autofocus
    />
  );
}

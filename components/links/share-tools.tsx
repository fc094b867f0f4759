"use client";

import { SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { EMBED_MODES, embedSnippet, prefilledAddress } from "@/lib/links/core/website";
import type { LinkDraft } from "@/lib/links/schema";
import { CopyText } from "./copy-button";
import classes from "./share.module.css";
import { words } from "./words";

/** An address with what is known of one guest in it. */
export function PrefillBuilder({
  address,
  questions,
}: {
  address: string;
  questions: LinkDraft["questions"];
}) {
  const [known, setKnown] = useState<Readonly<Record<string, string>>>({});
  const fields = [
    ["name", words("share.name")],
    ["email", words("share.email")],
    ...questions.map(({ key, label }) => [key, label] as const),
  ] as const;
  const filled = prefilledAddress(address, known);
  return (
    <>
      <div className={classes.fields}>
        {fields.map(([key, label]) => (
          <TextInput
            key={key}
            label={label}
            value={known[key] ?? ""}
            onChange={(event) => setKnown({ ...known, [key]: event.currentTarget.value })}
          />
        ))}
      </div>
      <div className={classes.result}>
        <output aria-label={words("share.prefilled")}>{filled}</output>
        <CopyText text={filled} label={words("share.prefilled")} />
      </div>
    </>
  );
}

/** The lines that put the link on another website, in three ways. */
export function EmbedBuilder({ appUrl, token }: { appUrl: string; token: string }) {
  const [mode, setMode] = useState<(typeof EMBED_MODES)[number]>("inline");
  const [label, setLabel] = useState(words("share.buttonDefault"));
  const snippet = embedSnippet(mode, { appUrl, token, words: label });
  return (
    <>
      <SegmentedControl
        aria-label={words("share.embed")}
        value={mode}
        onChange={(value) => setMode(EMBED_MODES.find((each) => each === value) ?? "inline")}
        data={EMBED_MODES.map((value) => ({ value, label: words(`share.mode.${value}`) }))}
      />
      {mode === "inline" ? null : (
        <TextInput
          className={classes.buttonWords}
          label={words("share.buttonWords")}
          value={label}
          maxLength={80}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
      )}
      <div className={classes.result}>
        <output className={classes.lines} aria-label={words("share.snippet")}>
          {snippet}
        </output>
        <CopyText text={snippet} label={words("share.snippet")} />
      </div>
    </>
  );
}

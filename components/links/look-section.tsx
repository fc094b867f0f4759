"use client";

import { Button, ColorInput, FileButton } from "@mantine/core";
import { useState, useTransition } from "react";
import { keepLogoAction } from "@/lib/links/actions";
import classes from "./editor.module.css";
import { payload } from "./payload";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { words } from "./words";

/** Colour and logo of the guest's pages. */
export function LookSection({ linkId, draft, errors, set }: SectionProps) {
  const [busy, start] = useTransition();
  const [refused, setRefused] = useState<string>();
  const upload = (file: File | null) => {
    if (file === null) return;
    start(async () => {
      const form = payload({ linkId });
      form.set("logo", file);
      const answer = await keepLogoAction(form);
      setRefused(answer.status === "failed" ? answer.message : undefined);
      if (answer.status === "kept") set({ logoId: answer.logoId });
    });
  };
  const error = refused ?? errors.logoId;
  return (
    <Section id="look" title={words("look.title")}>
      <div className={classes.two}>
        <ColorInput
          label={words("look.colour")}
          description={words("look.colourHelp")}
          placeholder={words("look.colourDefault")}
          format="hex"
          // Its button has no name, and few browsers have it.
          withEyeDropper={false}
          value={draft.colour ?? ""}
          error={errors.colour}
          onChange={(colour) => set({ colour: colour === "" ? null : colour.toLowerCase() })}
        />
        <div className={classes.logo}>
          <p className={classes.label} id="logo-label">
            {words("look.logo")}
          </p>
          <p className={classes.help}>{words("look.logoHelp")}</p>
          {draft.logoId === null ? null : (
            // biome-ignore lint/performance/noImgElement: served by us at its final size.
            <img src={`/api/v1/images/${draft.logoId}`} alt={words("look.logoAlt")} />
          )}
          <div className={classes.inline}>
            <FileButton onChange={upload} accept="image/png,image/jpeg,image/webp,image/gif">
              {(props) => (
                <Button {...props} size="xs" loading={busy} aria-describedby="logo-label">
                  {words("look.upload")}
                </Button>
              )}
            </FileButton>
            {draft.logoId === null ? null : (
              <Button size="xs" variant="subtle" onClick={() => set({ logoId: null })}>
                {words("look.removeLogo")}
              </Button>
            )}
          </div>
          {error === undefined ? null : (
            <p className={classes.error} role="alert">
              {error}
            </p>
          )}
        </div>
      </div>
    </Section>
  );
}

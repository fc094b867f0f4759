"use client";

import { Switch, Textarea, TextInput } from "@mantine/core";
import { isRandomAddress } from "@/lib/links/core/address";
import classes from "./editor.module.css";
import { Section } from "./section";
import type { SectionProps } from "./section-props";
import { words } from "./words";

/** What the link is called, under which address, and whether it is open. */
export function BasicsSection({
  draft,
  errors,
  set,
  addressStart,
}: SectionProps & { addressStart: string }) {
  return (
    <Section id="basics" title={words("basics.title")}>
      <div className={classes.stack}>
        <TextInput
          label={words("basics.name")}
          value={draft.name}
          error={errors.name}
          maxLength={200}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Textarea
          label={words("basics.description")}
          description={words("basics.descriptionHelp")}
          autosize
          minRows={2}
          maxRows={8}
          value={draft.description ?? ""}
          error={errors.description}
          onChange={(event) => set({ description: event.currentTarget.value || null })}
        />
        <TextInput
          label={words("basics.token")}
          description={words(
            isRandomAddress(draft.token) ? "basics.tokenRandom" : "basics.tokenHelp",
          )}
          leftSection={<span className={classes.addressStart}>{addressStart}</span>}
          leftSectionWidth={Math.min(240, addressStart.length * 7.2 + 20)}
          value={draft.token}
          error={errors.token}
          spellCheck={false}
          autoCapitalize="none"
          maxLength={64}
          onChange={(event) => set({ token: event.currentTarget.value.trim() })}
        />
        <Switch
          label={words("basics.active")}
          description={words("basics.activeHelp")}
          checked={draft.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
      </div>
    </Section>
  );
}

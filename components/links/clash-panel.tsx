"use client";

import { Radio } from "@mantine/core";
import type { Clash, SettingName } from "@/lib/links/core/link-settings";
import type { LinkDraft } from "@/lib/links/schema";
import classes from "./editor.module.css";
import { settingName, settingText } from "./setting-text";
import { words } from "./words";

/** What two people changed in different ways, setting by setting. */
export function ClashPanel({
  clashes,
  draft,
  onDecide,
}: {
  clashes: readonly Clash[];
  draft: LinkDraft;
  onDecide: (name: SettingName, value: LinkDraft[SettingName]) => void;
}) {
  return (
    <section className={classes.notice} role="alert">
      <h2>{words("clash.title")}</h2>
      <p>{words(clashes.length === 0 ? "clash.none" : "clash.words")}</p>
      {clashes.map(({ name, mine, theirs }) => (
        <Radio.Group
          key={name}
          label={settingName(name)}
          value={JSON.stringify(draft[name]) === JSON.stringify(theirs) ? "theirs" : "mine"}
          onChange={(value) => onDecide(name, value === "theirs" ? theirs : mine)}
        >
          <div className={classes.clash}>
            <Radio value="mine" label={`${words("clash.mine")}: ${settingText(mine)}`} />
            <Radio value="theirs" label={`${words("clash.theirs")}: ${settingText(theirs)}`} />
          </div>
        </Radio.Group>
      ))}
    </section>
  );
}

import { Button } from "@mantine/core";
import type { ScreenReader } from "@/components/shell/viewer";
import type { DraftField, MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import classes from "./meeting-editor.module.css";
import { words } from "./words";

const names = (all: readonly { readonly name: string }[]): string =>
  all.map(({ name }) => name).join(", ") || "–";

/** A field of the other's version in words. */
function valueText(draft: MeetingDraft, field: DraftField, reader: ScreenReader): string {
  const moment = (at: Instant) => `${formatDateShort(at, reader)}, ${formatTime(at, reader)}`;
  switch (field) {
    case "start":
    case "end":
      return moment(draft[field]);
    case "host":
      return draft.host.name;
    case "people":
    case "guests":
    case "rooms":
      return names(draft[field]);
    case "attachments":
      return draft.attachments.map(({ title }) => title).join(", ") || "–";
    case "place":
      return draft.place?.detail ?? "–";
    case "visibility":
      return words(draft.visibility === "private" ? "more.private" : "more.public");
    case "subject":
    case "agenda":
      return `“${draft[field]}”`;
    default:
      return words("clash.other");
  }
}

/** Somebody else changed the meeting while this form was open: what both changed is decided here. */
export function ClashNotice({
  clashes,
  theirs,
  reader,
  onTheirs,
}: {
  clashes: readonly DraftField[];
  theirs: MeetingDraft;
  reader: ScreenReader;
  onTheirs: (field: DraftField) => void;
}) {
  return (
    <div className={classes.notice} role="alert">
      <h2>{words("clash.title")}</h2>
      <p>{words(clashes.length === 0 ? "clash.none" : "clash.words")}</p>
      <ul className={classes.clashes}>
        {clashes.map((field) => (
          <li key={field}>
            <span>
              {words("clash.wasChanged", {
                field: words(`fields.${field}`),
                theirs: valueText(theirs, field, reader),
              })}
            </span>
            <Button size="xs" onClick={() => onTheirs(field)}>
              {words("clash.theirs")}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

import slots from "@/components/guest/slots.module.css";
import type { Words } from "@/components/guest/words";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { SlotText } from "./slot-text";

/** One start to choose: a radio drawn as a button, the guest's time above the host's. */
export function SlotChoice({
  start,
  text,
  words,
  hostName,
  taken = false,
  seats,
  chosen,
  onChoose,
}: {
  readonly start: Instant;
  readonly text: SlotText;
  readonly words: Words;
  /** Undefined when the host is whoever is free. */
  readonly hostName: string | undefined;
  readonly taken?: boolean;
  /** "2 seats left", where seats are shown and some are gone. */
  readonly seats?: string | undefined;
  /** Undefined: the browser alone keeps the choice. */
  readonly chosen?: boolean | undefined;
  readonly onChoose?: ((start: Instant) => void) | undefined;
}) {
  const id = `start-${start / 60_000}`;
  return (
    <li>
      <input
        className={slots.input}
        type="radio"
        name="start"
        id={id}
        value={toIso(start)}
        required
        disabled={taken}
        {...(chosen === undefined ? {} : { checked: chosen, onChange: () => onChoose?.(start) })}
      />
      <label className={slots.slot} htmlFor={id}>
        <time className={slots.time} dateTime={toIso(start)} suppressHydrationWarning>
          {text.time}
        </time>
        {taken ? <span className={slots.state}>{words("book.justTaken")}</span> : null}
        {!taken && seats !== undefined && text.otherDay === undefined ? (
          <span className={slots.state}>{seats}</span>
        ) : null}
        {!taken && text.otherDay !== undefined ? (
          <span className={`${slots.state} ${slots.tag}`} title={text.otherDay}>
            {words("book.plusDay")}
            <span className="sr-only">, {text.otherDay}</span>
          </span>
        ) : null}
        <span className={slots.host}>
          <span suppressHydrationWarning>{text.host}</span>
          <span className="sr-only">
            {" "}
            {hostName === undefined
              ? words("book.forTeam")
              : words("book.forHost", { host: hostName })}
          </span>
          {seats !== undefined && text.otherDay !== undefined ? <span>, {seats}</span> : null}
        </span>
      </label>
    </li>
  );
}

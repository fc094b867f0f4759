"use client";

import { useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { useScripted } from "@/components/guest/use-scripted";
import type { Words } from "@/components/guest/words";
import type { PlaceChoice } from "@/lib/booking/core/booking-page";
import styles from "./details.module.css";
import { describedBy, FieldProblem } from "./form-field";
import { PlaceCards } from "./place-cards";

type Asks = NonNullable<PlaceChoice["asks"]>;

type PlaceProps = {
  readonly places: readonly PlaceChoice[];
  /** Id of the chosen place. */
  readonly chosen: string;
  /** What was typed into the field of the place. */
  readonly value: string;
  readonly problem: string | undefined;
  readonly placeProblem: string | undefined;
  readonly hostLabel: string;
  readonly words: Words;
};

/**
 * The one field of the places that ask for something, called by what the checked one asks. Without a script all its
 * labels are there and the stylesheet shows one; a place that asks for nothing ignores what is in it.
 */
function AskedField({
  places,
  current,
  value,
  problem,
  hostLabel,
  words,
}: PlaceProps & { readonly current: string }) {
  const scripted = useScripted();
  const asked = places.find(({ id }) => id === current)?.asks ?? null;
  const kinds = (["phone", "address"] as const).filter((kind) =>
    scripted ? kind === asked : places.some(({ asks }) => asks === kind),
  );
  const always = places.length === 1 ? places[0]?.asks : undefined;
  const classOf = (kind: Asks) => `${styles.asked} ${kind === always ? styles.always : ""}`;
  return (
    <div className={`${controls.field} ${styles.askedField} ${always ? styles.always : ""}`}>
      {kinds.map((kind) => (
        <label
          className={`${controls.label} ${classOf(kind)}`}
          htmlFor="placeAnswer"
          key={kind}
          data-for={kind}
        >
          {words(`details.${kind}`)}
        </label>
      ))}
      <input
        className={controls.input}
        id="placeAnswer"
        name="placeAnswer"
        type={kinds.length === 1 && kinds[0] === "phone" ? "tel" : "text"}
        autoComplete={kinds.length === 1 && kinds[0] === "phone" ? "tel" : "street-address"}
        maxLength={500}
        defaultValue={value}
        aria-required
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={describedBy("placeAnswer", { help: "", problem })}
      />
      <div id="placeAnswer-help">
        {kinds.map((kind) => (
          <p className={`${controls.help} ${classOf(kind)}`} key={kind} data-for={kind}>
            {words(`details.${kind}Help`, { host: hostLabel })}
          </p>
        ))}
      </div>
      <FieldProblem id="placeAnswer" problem={problem} />
    </div>
  );
}

/** Where the meeting is, when there is something to choose, and what the place asks for. */
export function PlaceAnswer(props: PlaceProps) {
  const { places, chosen, placeProblem, words } = props;
  const [current, setCurrent] = useState(chosen);
  const isAsked = places.some(({ asks }) => asks !== null);
  if (places.length < 2 && !isAsked) return null;
  return (
    <>
      {places.length < 2 ? (
        <input type="hidden" name="place" value={places[0]?.id ?? ""} />
      ) : (
        // What is chosen bubbles up from the radios.
        <div
          className={controls.field}
          onChange={({ target }) => {
            if (target instanceof HTMLInputElement) setCurrent(target.value);
          }}
        >
          <PlaceCards key={chosen} places={places} chosen={chosen} words={words} />
          <FieldProblem id="place" problem={placeProblem} />
        </div>
      )}
      {isAsked ? <AskedField {...props} current={current} /> : null}
    </>
  );
}

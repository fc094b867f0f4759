import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { PlaceChoice } from "@/lib/booking/core/booking-page";
import styles from "./place-cards.module.css";
import { placeIcon } from "./place-icon";

/** The place's second line: what it says of itself, else who calls or comes. */
function lineOf(place: PlaceChoice, words: (key: string) => string): string | null {
  if (place.detail !== null) return place.detail;
  if (place.asks === null) return null;
  return words(place.asks === "phone" ? "book.asksPhone" : "book.asksAddress");
}

/** Where the meeting may be, one to choose: radios drawn as cards, so that choosing works without a script. */
export function PlaceCards({
  places,
  chosen,
  words,
}: {
  readonly places: readonly PlaceChoice[];
  /** Id of the place that is chosen to begin with. */
  readonly chosen: string;
  readonly words: (key: string) => string;
}) {
  return (
    <fieldset className={styles.places} id="place">
      <legend className={controls.h3}>{words("book.where")}</legend>
      {places.map((place) => {
        const line = lineOf(place, words);
        return (
          <div className={styles.place} key={place.id}>
            <input
              type="radio"
              name="place"
              id={`place-${place.id}`}
              value={place.id}
              defaultChecked={place.id === chosen}
              // The stylesheet shows the field of the place that is checked, without a script too.
              data-asks={place.asks ?? undefined}
            />
            <label htmlFor={`place-${place.id}`}>
              <Icon name={placeIcon(place)} />
              <span>
                <b>
                  <bdi>{place.label}</bdi>
                </b>
                {line === null ? null : <small className="theirs">{line}</small>}
              </span>
            </label>
          </div>
        );
      })}
    </fieldset>
  );
}

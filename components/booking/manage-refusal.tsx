import type { Words } from "@/components/guest/words";
import type { ManageFormState } from "@/lib/booking/core/form-state";
import type { Instant } from "@/lib/time/instant";
import styles from "./own.module.css";
import { refusalText } from "./refusal-alert";
import type { Clocks } from "./slot-text";

/** Why a change was not made, next to the form that asked for it. */
export function ManageRefusal({
  state,
  clocks,
  wanted,
  words,
}: {
  readonly state: ManageFormState;
  readonly clocks: Clocks;
  readonly wanted: Instant | undefined;
  readonly words: Words;
}) {
  if (state.status === "failed") {
    return (
      <p className={styles.alert} role="alert">
        {state.message}
      </p>
    );
  }
  if (state.status !== "refused") return null;
  return (
    <p className={styles.alert} role="alert">
      {refusalText(state.refused, wanted, clocks, words)}
    </p>
  );
}

import controls from "@/components/guest/controls.module.css";
import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";
import { formatDateLong } from "@/lib/time/format";
import { shortName } from "./host-names";
import styles from "./own.module.css";
import type { OwnReader } from "./own-texts";
import { TimeRange } from "./time-range";

/** The meeting on the guest's clock and on the host's, side by side. */
export function BothTimes({
  booking,
  reader,
  words,
  struck = false,
}: {
  readonly booking: GuestBooking;
  readonly reader: OwnReader;
  readonly words: Translate;
  readonly struck?: boolean;
}) {
  const span = { from: booking.start, to: booking.end };
  const host = { ...reader, zone: booking.hostZone };
  const big = `${styles.big} ${struck ? styles.struck : ""}`;
  return (
    <div className={styles.both}>
      <div>
        <p className={controls.h3}>{words("own.yourTime", { city: reader.cities.own })}</p>
        <p className={big}>
          <TimeRange span={span} {...reader} struck={struck} />
        </p>
        <p className={controls.small}>{formatDateLong(booking.start, reader)}</p>
      </div>
      <div>
        <p className={controls.h3}>
          {words("own.hostTime", {
            host: shortName(booking.host),
            city: reader.cities.host,
          })}
        </p>
        <p className={big}>
          <TimeRange span={span} {...host} struck={struck} />
        </p>
        <p className={`${controls.small} ${controls.quiet}`}>
          {formatDateLong(booking.start, host)}
        </p>
      </div>
    </div>
  );
}

"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { wordsOf } from "@/components/guest/words";
import { bookInFrameAction } from "@/lib/booking/actions";
import type { BookingFormState, FramedFormState } from "@/lib/booking/core/form-state";
import type { DetailsFormProps } from "./details-form";
import { DetailsForm } from "./details-form";
import { DoneView } from "./done-view";
import { tellBooked } from "./frame-talk";

type Booked = Extract<FramedFormState, { readonly status: "booked" }>;

/**
 * The form on another site. There the browser keeps no cookie of ours, so what was booked is shown from the answer
 * itself, and the guest's own page is one link away, in a window of its own.
 */
export function FramedDetails(props: Omit<DetailsFormProps, "action">) {
  const { locale, texts, clocks, cities } = props;
  const [booked, setBooked] = useState<Booked>();
  const words = useMemo(() => wordsOf(locale, texts), [locale, texts]);
  const done = useRef<HTMLDivElement>(null);
  const book = useCallback(
    async (previous: BookingFormState, form: FormData): Promise<BookingFormState> => {
      const answer = await bookInFrameAction(form);
      if (answer.status !== "booked") return answer;
      setBooked(answer);
      return previous;
    },
    [],
  );
  useEffect(() => {
    if (booked === undefined) return;
    tellBooked(booked.booking.status === "confirmed");
    done.current?.focus();
  }, [booked]);
  if (booked === undefined) return <DetailsForm {...props} action={book} />;
  const { booking, privateLink } = booked;
  const reader = { zone: booking.guestZone, locale, hourCycle: clocks.hourCycle, cities };
  return (
    <div ref={done} tabIndex={-1}>
      <DoneView
        booking={booking}
        reader={reader}
        words={words}
        privateLink={privateLink}
        locator=""
        framed
      />
    </div>
  );
}

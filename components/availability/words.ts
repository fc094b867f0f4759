import { createTranslator } from "next-intl";
import messages from "@/messages/en/availability.json";

/** The texts of availability, by key; English first, like all of the office. */
export const words = createTranslator({ locale: "en", messages });

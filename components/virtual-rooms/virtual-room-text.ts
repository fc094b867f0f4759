import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-online.json";

/** The texts of virtual rooms, online meetings and minutes, by key. */
export const t = createTranslator({ locale: "en", messages });

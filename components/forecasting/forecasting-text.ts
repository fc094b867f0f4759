import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-forecasting.json";

/** Texts of forecasts and of the lead score, by key. */
export const t = createTranslator({ locale: "en", messages });

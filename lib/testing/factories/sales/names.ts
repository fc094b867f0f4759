import type { Dice } from "./dice";

// All invented. Brands are put together of syllables, so that a million rows have tens of thousands of words, as a
// real book of business has, and not the same three hundred.
const HEAD = (
  "Al Am An Ar As Ba Bel Bo Bra Ca Cel Cor Da Del Do Dra El Em En Er Fa Fen Fi Gal Gi Gra Ha Hel Ho Il Is Ja Jun Ka Kel " +
  "Ko La Len Lo Lu Ma Mer Mi Mo Na Nel No Nu Ol Or Os Pa Pel Po Quin Ra Ren Ri Ro Sa Sel Si So Ta Tel Ti To Ul Va Vel Vi Wa Wen Wi Ya Ze Zo"
).split(" ");
const MIDDLE =
  "ba be bi bo da de di do fa fe ga ge la le li lo ma me mi mo na ne ni no ra re ri ro sa se ta te ti to va ve vi za zi".split(
    " ",
  );
const TAIL =
  "dal den dis don ford gard ham hem lan land len lin lis mar mere mond nar ran ren ric ris ron san stad ston tan ter tis ton van vane wick wood".split(
    " ",
  );
const TRADES =
  "Agri Analytics Apparel Aviation Bakeries Bank Batteries Beverages Books Brewing Cables Capital Ceramics Chemicals Clinics Coffee Construction Cycles Dairy Dental Design Education Electric Energy Engineering Fabrics Farms Finance Fisheries Foods Freight Furniture Gardens Glass Health Hotels Instruments Insurance Interiors Labs Legal Lighting Logistics Machinery Marine Media Metals Mills Mining Mobility Motors Networks Optics Outdoor Packaging Paper Pharma Ports Print Properties Rail Retail Robotics Security Shipping Solar Steel Studios Systems Tea Telecom Textiles Timber Tools Toys Trading Travel Ventures Water Windows".split(
    " ",
  );
const FORMS = ["", "", "", "", " Pte Ltd", " GmbH", " Inc", " KK", " Tbk", " AS", " BV"];
const GIVEN =
  "Adi Aiko Aisha Alma Anders Anouk Arjun Bayu Beatriz Bela Bram Carla Chen Chloe Citra Dario Dewi Dina Eko Elena Emre Erik Farah Felix Fumi Gita Greta Hana Hasan Hugo Ines Indah Ivo Jana Jun Kai Karin Keiko Lars Leila Lina Luca Maja Marta Mateo Mika Mina Nadia Nils Noor Olga Omar Oskar Petra Putra Qing Rafael Rania Ravi Renske Rina Rosa Ryo Sana Sari Sven Tara Theo Tomas Ulla Vera Viktor Wati Wei Yara Yuki Zain Zofia".split(
    " ",
  );

export const INDUSTRIES =
  "Manufacturing|Retail|Logistics|Health|Finance|Education|Hospitality|Energy|Media|Construction|Technology|Food and drink|Property|Public sector".split(
    "|",
  );
export const PRODUCTS =
  "Meeting rooms|Booking portal|Workspace|Analytics|Rooms rollout|Support plan".split("|");
export const TAGS =
  "vip|renewal|pilot|tender|partner-led|upsell|expansion|event-2026|security-review|multi-site".split(
    "|",
  );

const brand = (dice: Dice): string =>
  `${dice.pick(HEAD)}${dice.chance(0.45) ? dice.pick(MIDDLE) : ""}${dice.pick(TAIL)}`;

/** "Belwick Foods", "Orlinden Cables GmbH". */
export const companyName = (dice: Dice): string =>
  `${brand(dice)} ${dice.pick(TRADES)}${dice.pick(FORMS)}`;

export const personName = (dice: Dice): { readonly given: string; readonly family: string } => ({
  given: dice.pick(GIVEN),
  family: brand(dice),
});

/** The name as it stands in an address: lower case letters and digits. */
export const slugOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "");

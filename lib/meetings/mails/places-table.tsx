import type { CSSProperties } from "react";
import { font, palette } from "@/lib/mail/palette";
import type { Letter, PlaceRow, Places } from "./letter";
import { aligned, marginEnd, marginStart, padEnd } from "./sides";

const line = `1px solid ${palette.line}`;

const headCell: CSSProperties = {
  fontFamily: font,
  fontSize: "13px",
  lineHeight: "18px",
  fontWeight: 400,
  color: palette.text3,
  padding: "6px 0",
  borderBottom: line,
};

const cellOf = (last: boolean, weight: number): CSSProperties => ({
  fontFamily: font,
  fontSize: "15px",
  lineHeight: "20px",
  fontWeight: weight,
  color: palette.text,
  padding: "11px 0",
  borderBottom: last ? "0" : line,
  verticalAlign: "top",
});

const small: CSSProperties = {
  display: "block",
  fontSize: "13px",
  lineHeight: "18px",
  fontWeight: 400,
  color: palette.text3,
};

const chip: CSSProperties = {
  display: "inline-block",
  fontSize: "12px",
  lineHeight: "18px",
  fontWeight: 500,
  color: palette.text2,
  border: `1px solid ${palette.lineStrong}`,
  borderRadius: "4px",
  padding: "0 5px",
};

const abbreviation: CSSProperties = {
  display: "inline-block",
  minWidth: "40px",
  fontSize: "13px",
  fontWeight: 400,
  color: palette.text3,
};

type Direction = Letter["direction"];

function Row({
  row,
  last,
  direction,
}: {
  readonly row: PlaceRow;
  readonly last: boolean;
  readonly direction: Direction;
}) {
  const cell = cellOf(last, row.own ? 600 : 400);
  return (
    <tr>
      <th
        scope="row"
        className="m-text m-line m-place"
        style={{ ...cell, ...aligned("start", direction), ...padEnd(12, direction) }}
      >
        {row.name}
        {row.detail && (
          <span className="m-text3" style={small}>
            {row.detail}
          </span>
        )}
      </th>
      <td
        className="m-text m-line m-clock"
        style={{ ...cell, ...aligned("end", direction), whiteSpace: "nowrap" }}
      >
        {row.date && (
          <span className="m-chip m-day" style={{ ...chip, ...marginEnd(8, direction) }}>
            {row.date}
          </span>
        )}
        {row.range}
        <span
          className="m-text3 m-zone"
          style={{ ...abbreviation, ...aligned("start", direction), ...marginStart(6, direction) }}
        >
          {row.zone}
        </span>
      </td>
    </tr>
  );
}

/** The time-zone table: data, not layout, so it has heads that a screen reader announces. */
export function PlacesTable({
  places,
  direction,
}: {
  readonly places: Places;
  readonly direction: Direction;
}) {
  return (
    <table
      cellPadding={0}
      cellSpacing={0}
      width="100%"
      dir={direction}
      style={{ width: "100%", borderCollapse: "collapse", fontVariantNumeric: "tabular-nums" }}
    >
      <thead>
        <tr>
          <th
            scope="col"
            className="m-text3 m-line"
            style={{ ...headCell, ...aligned("start", direction) }}
          >
            {places.placeHead}
          </th>
          <th
            scope="col"
            className="m-text3 m-line"
            style={{ ...headCell, ...aligned("end", direction), ...padEnd(46, direction) }}
          >
            {places.dateHead}
          </th>
        </tr>
      </thead>
      <tbody>
        {places.rows.map((row, index) => (
          <Row
            key={`${row.name} ${row.detail} ${row.zone}`}
            row={row}
            last={index === places.rows.length - 1}
            direction={direction}
          />
        ))}
      </tbody>
    </table>
  );
}

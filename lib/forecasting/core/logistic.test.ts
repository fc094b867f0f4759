import { describe, expect, test } from "vitest";
import { solveInPlace } from "./cholesky";
import type { Design, Fit } from "./logistic";
import { fitLogistic, L2, lossOf, sigmoid } from "./logistic";
import { randomOf } from "./random";

describe("solving a symmetric positive definite system", () => {
  test("a small one comes out as by hand", () => {
    // 4x + 2y = 10, 2x + 3y = 9  =>  x = 1.5, y = 2.
    const matrix = Float64Array.of(4, 0, 2, 3);
    const vector = Float64Array.of(10, 9);
    expect(solveInPlace(matrix, vector)).toBe(true);
    expect(vector[0]).toBeCloseTo(1.5, 12);
    expect(vector[1]).toBeCloseTo(2, 12);
  });

  test("what comes out, put in again, gives the right side", () => {
    const { normal } = randomOf(3);
    const size = 20;
    const root = Float64Array.from({ length: size * size }, normal);
    const full = Float64Array.from({ length: size * size }, (_, at) => {
      const [row, column] = [Math.floor(at / size), at % size];
      let sum = row === column ? 1 : 0;
      for (let k = 0; k < size; k += 1)
        sum += (root[row * size + k] ?? 0) * (root[column * size + k] ?? 0);
      return sum;
    });
    const right = Float64Array.from({ length: size }, normal);
    const found = Float64Array.from(right);
    expect(solveInPlace(Float64Array.from(full), found)).toBe(true);
    for (let row = 0; row < size; row += 1) {
      let sum = 0;
      for (let k = 0; k < size; k += 1) sum += (full[row * size + k] ?? 0) * (found[k] ?? 0);
      expect(sum).toBeCloseTo(right[row] ?? 0, 8);
    }
  });

  test("one that is not positive definite is refused", () => {
    expect(solveInPlace(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1))).toBe(false);
  });
});

/** Two fields with two values each. */
function designOfRows(rows: readonly (readonly [number, number])[]): Design {
  return { rows: rows.length, perRow: 2, columns: 4, ones: Int32Array.from(rows.flat()) };
}

const ROWS = [
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [0, 2],
  [1, 3],
] as const;
const DESIGN = designOfRows(ROWS);
const OUTCOME = Uint8Array.of(1, 1, 0, 0, 1, 1);
const WEIGHT = Float64Array.of(1, 0.5, 1, 1, 0.25, 1);

describe("logistic regression", () => {
  test("at its end the loss is level in every direction, by finite differences", () => {
    const fit = fitLogistic(DESIGN, OUTCOME, WEIGHT);
    const step = 1e-5;
    const moved = (column: number, by: number): Fit =>
      column === 4
        ? { ...fit, intercept: fit.intercept + by }
        : { ...fit, weights: fit.weights.map((one, at) => (at === column ? one + by : one)) };
    for (let column = 0; column <= 4; column += 1) {
      const slope =
        (lossOf(DESIGN, OUTCOME, WEIGHT, moved(column, step)) -
          lossOf(DESIGN, OUTCOME, WEIGHT, moved(column, -step))) /
        (2 * step);
      expect(slope).toBeCloseTo(0, 6);
    }
  });

  test("with nothing but an intercept to go by it says the share that was won", () => {
    // One field with one value: its weight is drawn to 0, and the intercept carries the share.
    const design: Design = { rows: 4, perRow: 1, columns: 1, ones: new Int32Array(4) };
    const fit = fitLogistic(design, Uint8Array.of(1, 1, 1, 0), new Float64Array(4).fill(1));
    expect(fit.weights[0]).toBeCloseTo(0, 6);
    expect(sigmoid(fit.intercept)).toBeCloseTo(0.75, 6);
  });

  test("one column checked by hand: the weight is where its penalty meets the surprise", () => {
    // Two values, each of 50 rows: 40 of the first were won, 10 of the second. By symmetry weights are w and -w, the
    // intercept 0, and 50 * (0.8 - sigmoid(w)) = L2 * w.
    const rows = Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : 1));
    const design: Design = { rows: 100, perRow: 1, columns: 2, ones: Int32Array.from(rows) };
    const outcome = Uint8Array.from(rows, (value, row) =>
      Number(value === 0 ? row < 40 : row < 60),
    );
    const { intercept, weights } = fitLogistic(design, outcome, new Float64Array(100).fill(1));
    const weight = weights[0] ?? 0;
    expect(intercept).toBeCloseTo(0, 8);
    expect(weights[1]).toBeCloseTo(-weight, 8);
    expect(50 * (0.8 - sigmoid(weight))).toBeCloseTo(L2 * weight, 8);
  });

  test("a row that counts twice is two rows", () => {
    const twice = designOfRows([...ROWS, [0, 3]]);
    const fit = fitLogistic(twice, Uint8Array.of(...OUTCOME, 1), new Float64Array(7).fill(1));
    const weighted = fitLogistic(DESIGN, OUTCOME, Float64Array.of(1, 2, 1, 1, 1, 1));
    expect(weighted.intercept).toBeCloseTo(fit.intercept, 8);
    fit.weights.forEach((weight, at) => {
      expect(weighted.weights[at]).toBeCloseTo(weight, 8);
    });
  });
});

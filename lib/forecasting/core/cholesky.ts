/** Row `row` of L is solved for `column`: sum of products of what stands before. */
function dot(
  matrix: Float64Array,
  size: number,
  { row, column }: { readonly row: number; readonly column: number },
): number {
  let sum = 0;
  for (let k = 0; k < Math.min(row, column); k += 1)
    sum += (matrix[row * size + k] ?? 0) * (matrix[column * size + k] ?? 0);
  return sum;
}

/** Overwrites the lower half by L, A = L Lᵀ. False where A is not positive definite. */
function factor(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < row; column += 1) {
      const at = row * size + column;
      const diagonal = matrix[column * size + column] ?? 1;
      matrix[at] = ((matrix[at] ?? 0) - dot(matrix, size, { row, column })) / diagonal;
    }
    const at = row * size + row;
    const rest = (matrix[at] ?? 0) - dot(matrix, size, { row, column: row });
    if (!(rest > 0)) return false;
    matrix[at] = Math.sqrt(rest);
  }
  return true;
}

/**
 * Solves A x = b for a symmetric positive definite A, in place: `matrix` (row by row, only its lower half is read) is
 * overwritten by its factor, `vector` by x. False where A is not positive definite.
 */
export function solveInPlace(matrix: Float64Array, vector: Float64Array): boolean {
  const size = vector.length;
  if (!factor(matrix, size)) return false;
  const at = (row: number, column: number): number => matrix[row * size + column] ?? 0;
  for (let row = 0; row < size; row += 1) {
    let sum = vector[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= at(row, k) * (vector[k] ?? 0);
    vector[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = vector[row] ?? 0;
    for (let k = row + 1; k < size; k += 1) sum -= at(k, row) * (vector[k] ?? 0);
    vector[row] = sum / at(row, row);
  }
  return true;
}

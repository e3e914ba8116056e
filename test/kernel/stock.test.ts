import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test, { after } from "node:test";
import { courseNotebooks } from "../../tools/notebook";
import { root } from "../../tools/root";
import { Workplace } from "./workplace";

const NOTEBOOKS = path.join(root, "notebooks");
const LONG = /^4-/; // minutes of training
const workplace = new Workplace();
after(() => workplace.remove());

interface Cell {
  cell_type: string;
  id: string;
  outputs?: { output_type: string; name?: string; text?: string | string[] }[];
}

for (const name of courseNotebooks()) {
  const skip = LONG.test(name) && !process.env.CI && "takes minutes on stock tslab; runs where CI is set";
  test(`every cell of ${name} succeeds on stock tslab and prints what it prints on this kernel`, { skip }, async () => {
    const [stock, own] = await Promise.all([executed(name, "stock"), executed(name, "tslab")]);
    for (const [i, cell] of stock.entries()) {
      // Stock prints the last expression too, after what the cell itself prints.
      assert.ok(
        printed(cell).startsWith(printed(own[i])),
        `cell ${cell.id}:\n${printed(cell)}\non this kernel:\n${printed(own[i])}`,
      );
    }
  });
}

async function executed(name: string, kernel: string): Promise<Cell[]> {
  const result = path.join(workplace.folder, `${kernel}-${name}`);
  const script = path.join(root, "scripts", "execute.py");
  const { status, stdout, stderr } = await workplace.python([
    script,
    path.join(NOTEBOOKS, name),
    result,
    "--kernel",
    kernel,
    "--cwd",
    NOTEBOOKS,
  ]);
  // there is none if the kernel did not start; then the command's own words count
  const text = existsSync(result) ? readFileSync(result, "utf8") : '{ "cells": [] }';
  const { cells } = JSON.parse(text) as { cells: Cell[] };
  assert.equal(status, 0, `${kernel}: ${stdout.split("\n").at(-2)}\n${stderr}\n${cells.map(complaints).join("")}`);
  return cells.filter(({ cell_type }) => cell_type === "code");
}

const printed = (cell: Cell): string => streamOf(cell, "stdout");

/** Stock tslab writes the text of an error to stderr, and not into its error output. */
const complaints = (cell: Cell): string => streamOf(cell, "stderr");

function streamOf({ outputs = [] }: Cell, stream: string): string {
  return outputs
    .filter(({ name }) => name === stream)
    .map(({ text = "" }) => [text].flat().join(""))
    .join("");
}

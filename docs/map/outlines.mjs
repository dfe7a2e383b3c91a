// Draws the outlines of the world once: `node outlines.mjs > ../../depositary/web/static/world.svg`.
//
// Needs, beside this file or above it: npm install world-atlas@2.0.2 d3-geo@3.1.2 topojson-client@3.1.0
// topojson-simplify@3.0.3 i18n-iso-countries. The shapes are Natural Earth's, 1:50 million, in the public domain;
// world-atlas packs them (ISC licence). What comes out is a path for each State by its ISO 3166-1 alpha-3 code, one
// without a code for all other land, and a dot for each State that would be too small to see.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { merge } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const require = createRequire(import.meta.url);
const alpha3 = require("i18n-iso-countries").numericToAlpha3;

const WIDTH = 1000; // drawn in tenths: a coordinate is a whole number from 0 to 10,000
const LEAST = 0.04; // detail kept, in square degrees of the simplification
const SMALL = 1400; // a State whose shape is smaller than this, in square units of the map, gets a dot as well
const DOT = 38;

// Shapes without a State's number of their own, or that belong to a State of the list of participants. What is not
// named here and is no participant is drawn as other land.
const PART_OF = { "N. Cyprus": "CYP", Somaliland: "SOM", Kosovo: "SRB", "Hong Kong": "CHN", Macao: "CHN", Taiwan: "CHN", "Åland": "FIN" };
const BY_HAND = { TUV: [179.2, -8.5] }; // not in the shapes at 1:50 million

const participants = new Set(
  readFileSync(new URL("../../data/participants.csv", import.meta.url), "utf8").split("\n").slice(1)
    .map((line) => line.split(",")).filter((cells) => cells[1] === "state" && !cells.at(-1).trim()).map((cells) => cells[0]),
);

const whole = require("world-atlas/countries-50m.json");
const world = simplify(presimplify(whole), LEAST);
const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(WIDTH * 10, { type: "Sphere" });
const path = geoPath(projection);
const lowest = Math.max(...world.objects.countries.geometries.filter((one) => one.properties.name !== "Antarctica")
  .map((one) => path.bounds(merge(world, [one]))[1][1]).filter(Number.isFinite));
const height = Math.ceil(lowest) + DOT;

const shapes = new Map();
const land = [];
for (const one of world.objects.countries.geometries) {
  const name = one.properties.name;
  if (name === "Antarctica") continue;
  const own = one.id === undefined ? undefined : alpha3(one.id);
  const code = PART_OF[name] ?? (name === "Ashmore and Cartier Is." ? undefined : own);
  if (participants.has(code)) shapes.set(code, [...(shapes.get(code) ?? []), one]);
  else land.push(one);
}

// A path in whole relative steps: half the bytes of absolute ones.
function drawn(geometry) {
  const rings = (path(geometry) ?? "").split("Z").filter(Boolean);
  let out = "";
  for (const ring of rings) {
    const points = ring.slice(1).split("L").map((each) => each.split(",").map((n) => Math.round(Number(n))));
    const kept = points.filter((p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1]);
    if (kept.length < 3) continue;
    out += `M${kept[0].join(" ")}l` + kept.slice(1).map((p, i) => [p[0] - kept[i][0], p[1] - kept[i][1]].join(" ")).join(" ").replaceAll(" -", "-") + "z";
  }
  return out;
}

const lines = [];
const dots = [];
for (const code of [...participants].sort()) {
  const parts = shapes.get(code);
  const merged = parts && merge(world, parts);
  const d = merged ? drawn(merged) : "";
  if (d) lines.push(`<path id="${code}" d="${d}"/>`);
  if (!d || path.area(merged) < SMALL) {
    const at = BY_HAND[code] ?? (parts && geoCentroid(merge(whole, parts)));
    if (!at) throw new Error(`${code} is on no map: give its place in BY_HAND`);
    const [x, y] = projection(at).map(Math.round);
    dots.push(`<circle id="${code}-dot" cx="${x}" cy="${y}" r="${DOT}"/>`);
  }
}
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * 10} ${height}">
<path id="land" d="${drawn(merge(world, land))}"/>
${lines.join("\n")}
${dots.join("\n")}
</svg>`);

// Starts the page: keys, buttons, decisions, and going from card to card without loading the whole page anew.
import { send, newId, Refused } from "./api.js";
import { Viewer } from "./viewer.js";
import { Spectrum } from "./spectrum.js";

const page = { viewer: null, small: null, spectrum: null, mode: null, merging: [], busy: false };
const $ = (selector) => document.querySelector(selector);
const card = () => $("#card");

function say(text) { $("#status").textContent = text; clearTimeout(say.timer); say.timer = setTimeout(() => { $("#status").textContent = ""; }, 2500); }
function warn(text) { $("#alert").textContent = text; }

async function refreshSummary() {
  const place = $("#summary");
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.source, { cache: "no-store" });
    if (answer.ok && place.isConnected) { place.innerHTML = await answer.text(); place.dataset.ready = String(Date.now()); }
  } catch { warn("The review does not answer. Is it still running in the terminal? Nothing that was confirmed is lost."); }
}

function start() {
  page.mode = null; page.merging = [];
  const canvas = $("canvas.viewer:not(.small)"), small = $("canvas.viewer.small"), spectrum = $(".spectrum");
  page.viewer = canvas ? new Viewer(canvas, { drawn, chosen }) : null;
  page.small = small ? new Viewer(small, {}) : null;
  page.spectrum = spectrum ? new Spectrum(spectrum) : null;
  const contrast = $(".contrast"), gamma = $(".gamma");
  if (contrast && page.viewer) {
    const kept = JSON.parse(sessionStorage.getItem("look") ?? "{}");
    contrast.value = kept.contrast ?? 1; gamma.value = kept.gamma ?? 1;
    const look = () => { sessionStorage.setItem("look", JSON.stringify({ contrast: contrast.value, gamma: gamma.value })); page.viewer.look(Number(contrast.value), Number(gamma.value)); };
    contrast.addEventListener("input", look); gamma.addEventListener("input", look); look();
    setOverlays(sessionStorage.getItem("overlays") !== "off");
  }
  $("#filter")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
  $("#filter")?.addEventListener("submit", (event) => { event.preventDefault(); const form = event.currentTarget; const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)); go(`${new URL(form.action).pathname}?${query}`); });
  refreshSummary();
}

// Shows another page: its main part takes the place of this one's.
async function go(path, { push = true } = {}) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) { warn(await answer.text()); return; }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  page.viewer?.close(); page.small?.close();
  document.title = next.title;
  $("header.bar").replaceWith(next.querySelector("header.bar"));
  $("#main").replaceWith(next.querySelector("#main"));
  document.body.dataset.reviewer = next.body.dataset.reviewer; document.body.dataset.blind = next.body.dataset.blind;
  $("#reviewer-name").value = document.body.dataset.reviewer; $("#reviewer-blind").checked = document.body.dataset.blind === "true";
  if (push) history.pushState(null, "", path);
  start();
  $("#main").focus({ preventScroll: true });
}

const who = () => ({ reviewer: document.body.dataset.reviewer, blind: document.body.dataset.blind === "true" });

async function change(path, body, done) {
  if (page.busy) return;
  page.busy = true; warn("");
  try {
    const answer = await send(path, body);
    await done(answer);
  } catch (problem) {
    warn(problem instanceof Refused ? problem.message : "NOT stored: the review does not answer. Is it still running in the terminal?");
  } finally { page.busy = false; }
}

function decide(action, more = {}) {
  const at = card();
  if (!at || (!at.dataset.item && action !== "add")) return;
  const body = { id: newId(), ...who(), action, item: action === "add" ? null : at.dataset.item, image: action === "add" ? Number(at.dataset.image) : null,
    adjudication: at.dataset.settles === "true", queue: at.dataset.queue, ...more };
  change("/api/decide", body, async (answer) => { await go(answer.next); say(`${answer.done}: stored`); });
}

function step(path) { change(path, { id: newId(), ...who() }, async (answer) => { await go(answer.next); say(answer.done); }); }

// Asks for a line of text.
function ask(title, label) {
  return new Promise((resolve) => {
    const dialog = $("#text-dialog");
    $("#text-title").textContent = title; $("#text-label").textContent = label; $("#text-input").value = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" ? $("#text-input").value.trim() : ""), { once: true });
    dialog.returnValue = ""; dialog.showModal(); $("#text-input").focus();
  });
}

function mode(name, text) {
  page.mode = page.mode === name ? null : name;
  page.merging = [];
  for (const button of document.querySelectorAll("[data-do][aria-pressed]:not([data-do=overlay])")) button.setAttribute("aria-pressed", String(button.dataset.do === page.mode));
  const shape = { split: "line", ruler: "ruler", add: "box", redraw: "box", merge: "pick" }[page.mode] ?? null;
  page.viewer?.draw(shape); page.spectrum?.measure(page.mode === "ruler");
  if (page.mode) say(text);
}

// Something was drawn on the image.
function drawn(points) {
  const now = page.mode;
  if (now === "ruler") return;
  mode(null, "");
  if (now === "split") decide("split", { drawn: points });
  if (now === "redraw") decide("redraw", { drawn: points });
  if (now === "add") {
    const [x0, y0, x1, y1] = points;
    if (card().dataset.stage === "fringes") { decide("add", { drawn: points }); return; }
    const outline = [];
    for (let k = 0; k < 36; k++) outline.push((x0 + x1) / 2 + (x1 - x0) / 2 * Math.cos(k * Math.PI / 18), (y0 + y1) / 2 + (y1 - y0) / 2 * Math.sin(k * Math.PI / 18));
    decide("add", { drawn: outline });
  }
}

// A particle of the image was clicked.
function chosen(id) {
  if (page.mode === "merge") {
    if (id === card().dataset.item) return;
    page.merging = page.merging.includes(id) ? page.merging.filter((one) => one !== id) : [...page.merging, id];
    page.viewer.mark(page.merging);
    say(`${page.merging.length + 1} particles: Enter merges them`);
  } else if (id !== card().dataset.item && document.querySelector("#main").dataset.page === "image") go(`/particle/${id}${card().dataset.queue}`);
}

function setOverlays(on) {
  sessionStorage.setItem("overlays", on ? "on" : "off");
  card()?.classList.toggle("no-overlays", !on);
  page.viewer?.overlays(on);
  document.querySelector("[data-do=overlay]")?.setAttribute("aria-pressed", String(on));
}

const does = {
  undo: () => step("/api/undo"), redo: () => step("/api/redo"),
  next: () => go((card()?.dataset.next ?? "/") + (card()?.dataset.queue ?? "")), before: () => go((card()?.dataset.before ?? "/") + (card()?.dataset.queue ?? "")),
  queue: () => go("/" + (card()?.dataset.queue ?? "")),
  help: () => $("#help-dialog").showModal(),
  reviewer: () => $("#reviewer-dialog").showModal(),
  overlay: () => setOverlays(card()?.classList.contains("no-overlays")),
  ruler: () => mode("ruler", "Drag on the image or the spectrum to measure; Esc ends"),
  split: () => mode("split", "Drag a line across the neck"), add: () => mode("add", "Drag a box around the particle"), redraw: () => mode("redraw", "Drag a box around the crystal"),
  merge: () => mode("merge", "Click the other particles, then press Enter"),
  exclude: async () => { const reason = await ask("Exclude from the count", "Reason"); if (reason) decide("exclude", { reason }); },
  note: async () => { const note = await ask("Remark", "Remark"); if (note) decide("note", { note }); },
  write: () => change("/api/write", { id: newId(), ...who() }, async (answer) => say(answer.done)),
  begin: () => { const begin = $("#begin"); if (begin) go(begin.getAttribute("href")); },
};

const crystalKeys = { s: "superstructure", r: "regular", d: "undetermined", f: "no-fringe" };
const keys = { u: "undo", n: "next", arrowright: "next", p: "before", arrowleft: "before", q: "queue", "?": "help", o: "overlay", l: "ruler", c: "note", x: "exclude" };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || event.target.closest("input:not([type=range]), select, textarea")) return;
  const key = event.key.toLowerCase(), on = document.querySelector("#main").dataset.page, haadf = card()?.dataset.stage === "sizes";
  if (event.target.closest("input[type=range]") && key.startsWith("arrow")) return;
  let act = null;
  if (key === "u" && event.shiftKey) act = does.redo;
  else if (key === "escape" && page.mode) act = () => mode(null, "");
  else if (key === "enter" && page.mode === "merge") act = () => { const others = page.merging; mode(null, ""); if (others.length) decide("merge", { others }); };
  else if (key === "enter" && on === "queue" && !event.target.closest("a, button, summary")) act = does.begin;
  else if (page.viewer && "+=-0".includes(key)) act = () => page.viewer.zoomBy(key);
  else if (page.viewer && "[],.".includes(key)) act = () => slide(key);
  else if (on === "crystal" && crystalKeys[key]) act = () => decide(crystalKeys[key]);
  else if (on === "crystal" && key === "b") act = does.redraw;
  else if (on === "image" && haadf && key === "a") act = () => decide("accept");
  else if (on === "image" && haadf && (key === "delete" || key === "backspace")) act = () => decide("delete");
  else if (on === "image" && haadf && key === "t") act = does.split;
  else if (on === "image" && haadf && key === "m") act = does.merge;
  else if (on === "image" && key === "i") act = does.add;
  else if ((on === "crystal" || on === "image") && key === "k") act = () => decide("skip");
  else if (keys[key]) act = does[keys[key]];
  if (act) { event.preventDefault(); act(); }
}

function slide(key) {
  const input = $("[],".includes(key) && key !== "," ? ".contrast" : ".gamma");
  input.value = Number(input.value) + (key === "]" || key === "." ? 0.1 : -0.1);
  input.dispatchEvent(new Event("input"));
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-decide], button[data-do]");
  if (button) { if (button.dataset.decide) decide(button.dataset.decide); else does[button.dataset.do](); return; }
  const link = event.target.closest("a[href^='/']");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) { event.preventDefault(); go(link.getAttribute("href")); }
});
$("#reviewer-dialog").addEventListener("close", (event) => {
  if (event.target.returnValue !== "ok") return;
  change("/api/reviewer", { reviewer: $("#reviewer-name").value.trim(), blind: $("#reviewer-blind").checked }, async (answer) => { await go(answer.next); say(`Now reviewing: ${document.body.dataset.reviewer}`); });
});
window.addEventListener("popstate", () => go(location.pathname + location.search, { push: false }));
start();
